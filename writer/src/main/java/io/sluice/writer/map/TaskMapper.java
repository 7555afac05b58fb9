package io.sluice.writer.map;

import io.sluice.writer.encode.RowSink;
import io.sluice.writer.map.reject.RejectException;

/**
 * The mapper of one task, for one thread.
 *
 * @param <T> what a record is
 */
public interface TaskMapper<T> extends AutoCloseable {
  /**
   * Appends the rows of a record. When it throws, some of them may have been begun: the caller
   * drops them.
   */
  void map(T record, RowSink rows) throws RejectException;

  @Override
  void close();
}
