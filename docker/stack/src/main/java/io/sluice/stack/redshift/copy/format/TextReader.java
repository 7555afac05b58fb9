package io.sluice.stack.redshift.copy.format;

import java.io.IOException;
import java.io.InputStream;

/** What the readers of texts have in common: the window on the file, and what it tells. */
abstract class TextReader implements RowReader {
  final RowBuffer buffer;

  TextReader(InputStream in) {
    this.buffer = new RowBuffer(in);
  }

  /** Skips the lines of a header. */
  final void skipLines(int count) throws IOException {
    buffer.skipLines(count);
  }

  @Override
  public Row row() {
    return buffer.row();
  }

  @Override
  public long line() {
    return buffer.rowLine();
  }

  @Override
  public final long lines() {
    return buffer.lines();
  }

  @Override
  public final long bytes() {
    return buffer.total();
  }

  @Override
  public final String rawLine() {
    return buffer.rawLine();
  }

  /** Whether the row is a single field with nothing in it, not even quotes. */
  final boolean isOneEmptyField() {
    Row row = row();
    return row.fields() == 1 && row.start(0) == row.end(0) && row.form(0) == Row.Form.TEXT;
  }
}
