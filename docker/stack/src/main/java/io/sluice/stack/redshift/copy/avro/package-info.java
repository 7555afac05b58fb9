/**
 * Avro object container files, before COPY's formats make rows of them: blocks unpacked, records as
 * JSON.
 */
package io.sluice.stack.redshift.copy.avro;
