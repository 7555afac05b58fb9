/**
 * COPY's common ground: how a load fails. Its rooms follow the data: grammar, source, format,
 * convert, load.
 */
package io.sluice.stack.redshift.copy;
