/**
 * What a table's settings can choose for a column: what of the record's way it tells, and how its
 * times and bytes are written.
 */
package io.sluice.writer.map.table;
