/**
 * The second step of the writer's data path: a record's JSON becomes a row of typed columns,
 * checked as COPY would check it, or a reject with its reason.
 */
package io.sluice.writer.encode;
