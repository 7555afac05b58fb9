package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A window on a file that always holds the current row whole, so that fields are slices of it and
 * nothing is copied. Scanners read {@code bytes[position, limit)} and ask for {@link #more} at the
 * end.
 */
final class RowBuffer {
  /** Redshift's limit of a row. */
  static final int LARGEST_ROW = 4 << 20;

  /** What system tables keep of a raw line. */
  private static final int RAW_LINE = 1024;

  private static final int FIRST_SIZE = 1 << 16;

  private final InputStream in;
  private final Row row;
  private byte[] raw;
  private int start;
  private long total;
  private long lines;
  private long rowLine;

  byte[] bytes = new byte[FIRST_SIZE];
  int position;
  int limit;

  RowBuffer(InputStream in) {
    this.in = in;
    this.row = new Row(bytes);
  }

  Row row() {
    return row;
  }

  /** Starts a row at the position. */
  void startRow() {
    start = position;
    rowLine = lines + 1;
    raw = null;
    row.clear();
  }

  /** Skips the lines of a header. */
  void skipLines(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      startRow();
      skipLine();
    }
  }

  /** How far the position is from the start of the row. */
  int offset() {
    return position - start;
  }

  /** Counts one line end. */
  void countLine() {
    lines++;
  }

  long lines() {
    return lines;
  }

  long rowLine() {
    return rowLine;
  }

  long total() {
    return total;
  }

  /** Whether there is a byte at the position. */
  boolean hasNext() throws IOException, LoadRefusal {
    return position < limit || more();
  }

  /**
   * Reads on behind the limit; false at the end of the file. The position and the row's fields
   * follow if the window moves.
   *
   * @throws LoadRefusal if the row is too long; the position is then behind its line
   */
  boolean more() throws IOException, LoadRefusal {
    if (limit - start > LARGEST_ROW) {
      skipLine();
      throw tooLong();
    }
    return read();
  }

  /** Refuses the row that ends at the position if it is too long. */
  void checkSize() throws LoadRefusal {
    if (position - start > LARGEST_ROW) {
      keepRaw();
      row.clear();
      throw tooLong();
    }
  }

  /** Moves behind the end of the line; of a line that is too long only the start is kept. */
  void skipLine() throws IOException {
    do {
      while (position < limit) {
        if (bytes[position++] == '\n') {
          lines++;
          return;
        }
      }
      if (position - start > LARGEST_ROW) {
        keepRaw();
        start = position;
        row.clear();
      }
    } while (read());
  }

  /** Keeps the row, up to the position, before it is unescaped in place or dropped. */
  void keepRaw() {
    if (raw == null) {
      raw = Arrays.copyOfRange(bytes, start, Math.min(position, start + RAW_LINE));
    }
  }

  /** The start of the row, up to the position. */
  String rawLine() {
    byte[] source = raw == null ? bytes : raw;
    int from = raw == null ? start : 0;
    int end = raw == null ? Math.min(position, start + RAW_LINE) : raw.length;
    while (end > from && (source[end - 1] == '\n' || source[end - 1] == '\r')) {
      end--;
    }
    return new String(source, from, end - from, StandardCharsets.UTF_8);
  }

  private static LoadRefusal tooLong() {
    return LoadError.LINE_TOO_LONG.refusal();
  }

  private boolean read() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      row.moved(bytes, start);
      position -= start;
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
      row.moved(bytes, 0);
    }
    int count = in.read(bytes, limit, bytes.length - limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    total += count;
    return true;
  }
}
