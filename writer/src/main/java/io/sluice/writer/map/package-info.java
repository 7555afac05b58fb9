/**
 * The second step of the writer's data path: a record becomes rows of typed columns, checked as
 * COPY would check them, or a reject with its reason.
 *
 * <p>The settings say how ({@link io.sluice.writer.map.MappingSettings}), or the user's code does
 * ({@link io.sluice.writer.map.RecordMapper}, {@link io.sluice.writer.map.RowMapper}). A document
 * is read in one pass, by {@link io.sluice.writer.map.JsonScanner} as long as it is plain and by
 * Jackson when it is not; both leave byte ranges behind, and one set of rules makes values of them.
 */
package io.sluice.writer.map;
