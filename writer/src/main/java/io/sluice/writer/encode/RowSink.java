package io.sluice.writer.encode;

import java.time.Instant;

/**
 * Where the rows of a task go. The rows of one record are kept together or dropped together.
 *
 * <p>For one thread.
 */
public interface RowSink {
  /**
   * Begins a row of a table. Its values follow, all columns in their order, before the next row is
   * begun.
   */
  RowEncoder row(TableLayout table);

  /**
   * The rows that were begun since the last call of this method or {@link #drop} are whole and
   * belong to the batch.
   *
   * @param arrival when their record reached the stream
   */
  void keep(Instant arrival);

  /** Forgets the rows that were begun since then, the unfinished one among them. */
  void drop();
}
