package io.sluice.writer.map;

import java.util.Map;

/**
 * The user's own way from a record to rows: any number of rows for any of the tables that the
 * settings declare, none at all to leave the record out.
 *
 * <p>A public class with a public constructor without parameters, named by {@code mapper.class} and
 * brought by {@code spark-submit --jars}. There is one object for each task, used by one thread.
 * The rows of a record are landed together or not at all. Records may be mapped more than once
 * (tasks are tried again), so the outcome should depend on the record alone.
 *
 * <p>What {@link #map} throws makes a reject of the record, and the stream goes on; what {@link
 * #open} throws fails the task.
 */
public interface RecordMapper {
  /**
   * Called once, before the first record.
   *
   * @param settings what stands under {@code mapper.settings}
   */
  default void open(Map<String, String> settings) throws Exception {}

  /** Makes the rows of one record. */
  void map(StreamRecord record, Rows rows) throws Exception;

  /** Called once, after the last record. */
  default void close() throws Exception {}
}
