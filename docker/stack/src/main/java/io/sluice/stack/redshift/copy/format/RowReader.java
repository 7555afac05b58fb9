package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadRefusal;
import java.io.Closeable;
import java.io.IOException;

/**
 * The rows of one file, one after another, in bounded memory. This is the seam between formats and
 * conversion: whatever the format, field {@code i} of a row belongs to column {@code i} of the
 * load, so formats that match by name put their fields in order and fill the gaps with NULL. Used
 * by one thread.
 */
public interface RowReader extends Closeable {
  /**
   * Moves to the next row; false at the end of the file.
   *
   * @throws LoadRefusal if this row cannot be read; the next call goes on behind it
   * @throws IOException if the file cannot be read any further
   */
  boolean next() throws IOException, LoadRefusal;

  /** The current row, the same instance at every call; after a refusal the fields before it. */
  Row row();

  /** The line that the row starts on, from 1; for files without lines the number of the row. */
  long line();

  /** The lines, or rows, read so far. */
  long lines();

  /** The bytes read so far, unpacked. */
  long bytes();

  /** The start of the row as it stands in the file, as far as system tables keep it. */
  String rawLine();

  /** Whether the row is an empty line. */
  default boolean isBlank() {
    return false;
  }

  /** Frees what the reader made itself; the stream that it reads is its opener's to close. */
  @Override
  default void close() throws IOException {}
}
