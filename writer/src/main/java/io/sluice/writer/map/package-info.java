/**
 * The second step of the writer's data path: a record becomes rows of typed columns, checked as
 * COPY would check them, or a reject with its reason.
 *
 * <p>The settings say how ({@link io.sluice.writer.map.MappingSettings}), or the user's code does
 * ({@link io.sluice.writer.map.RecordMapper}, {@link io.sluice.writer.map.RowMapper}). A record's
 * document is read by {@link io.sluice.writer.map.json}, its table is found here among those of
 * {@link io.sluice.writer.map.table}, and {@link io.sluice.writer.map.value} makes each column's
 * value of what was read; any of them ends the record by {@link io.sluice.writer.map.reject}.
 */
package io.sluice.writer.map;
