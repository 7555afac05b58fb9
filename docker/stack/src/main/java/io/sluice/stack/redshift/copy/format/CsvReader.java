package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads CSV as COPY does: fields may stand in quotes, quotes inside are doubled, quoted fields may
 * hold line ends. Works on bytes, and holds one row in memory. Used by one thread.
 */
public final class CsvReader {
  /** Redshift's limit of a row. */
  private static final int LARGEST_ROW = 4 << 20;

  /** What system tables keep of a raw line. */
  private static final int RAW_LINE = 1024;

  private static final int END = -1;

  private final InputStream in;
  private final int delimiter;
  private final int quote;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  private byte[] row = new byte[1 << 12];
  private int length;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private boolean[] quoted = new boolean[32];
  private int fields;
  private final byte[] raw = new byte[RAW_LINE];
  private int rawLength;
  private long lines;
  private long rowLine;
  private long bytes;

  /** Reads {@code in}; delimiter and quote are ASCII. */
  public CsvReader(InputStream in, char delimiter, char quote) {
    this.in = in;
    this.delimiter = delimiter;
    this.quote = quote;
  }

  /** Skips one line of the header. */
  public void skipLine() throws IOException {
    rawLength = RAW_LINE;
    skipRestOfLine();
  }

  /**
   * Moves to the next row; false at the end.
   *
   * @throws LoadRefusal if the row's quotes are wrong or it is too long; the next call goes on
   *     behind it
   */
  public boolean next() throws IOException, LoadRefusal {
    length = 0;
    fields = 0;
    rawLength = 0;
    rowLine = lines + 1;
    int c = read();
    if (c == END) {
      return false;
    }
    while (field(c) == delimiter) {
      c = read();
    }
    return true;
  }

  /** The number of fields of the row. */
  public int fields() {
    return fields;
  }

  /** The bytes that hold the row's fields; valid until the next row. */
  public byte[] row() {
    return row;
  }

  /** Where a field starts in {@link #row()}. */
  public int start(int field) {
    return starts[field];
  }

  /** Where a field ends in {@link #row()}, exclusive. */
  public int end(int field) {
    return ends[field];
  }

  /** Whether a field stood in quotes. */
  public boolean isQuoted(int field) {
    return quoted[field];
  }

  /** Whether the row is an empty line. */
  public boolean isEmptyLine() {
    return fields == 1 && ends[0] == 0 && !quoted[0];
  }

  /** The text of a field, for error reports. */
  public String text(int field) {
    return field < fields
        ? new String(row, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8)
        : "";
  }

  /** The line that the row starts on, from 1. */
  public long line() {
    return rowLine;
  }

  /** The lines read so far. */
  public long lines() {
    return lines;
  }

  /** The bytes read so far, unpacked. */
  public long bytes() {
    return bytes;
  }

  /** The start of the row as it stands in the file. */
  public String rawLine() {
    int end = rawLength;
    while (end > 0 && (raw[end - 1] == '\n' || raw[end - 1] == '\r')) {
      end--;
    }
    return new String(raw, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Reads the field that begins with {@code first}; the result is what ended it: delimiter, line
   * end or END.
   */
  private int field(int first) throws IOException, LoadRefusal {
    int start = length;
    boolean inQuotes = first == quote;
    int terminator = inQuotes ? quotedField() : plainField(first);
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      quoted = Arrays.copyOf(quoted, fields * 2);
    }
    starts[fields] = start;
    ends[fields] = length;
    quoted[fields] = inQuotes;
    fields++;
    return terminator;
  }

  private int plainField(int first) throws IOException, LoadRefusal {
    int start = length;
    int c = first;
    while (c != delimiter && c != '\n' && c != END) {
      if (c == quote) {
        throw badQuotes();
      }
      append(c);
      c = read();
    }
    if (c != delimiter && length > start && row[length - 1] == '\r') {
      length--;
    }
    return c;
  }

  private int quotedField() throws IOException, LoadRefusal {
    while (true) {
      int c = read();
      if (c == END) {
        throw new LoadRefusal(Code.DELIMITER, "Invalid quote formatting for CSV");
      }
      if (c != quote) {
        append(c);
        continue;
      }
      c = read();
      if (c == quote) {
        append(c);
        continue;
      }
      boolean carriageReturn = c == '\r';
      if (carriageReturn) {
        c = read();
      }
      if (c == '\n' || c == END || (c == delimiter && !carriageReturn)) {
        return c;
      }
      throw badQuotes();
    }
  }

  private LoadRefusal badQuotes() throws IOException {
    skipRestOfLine();
    return new LoadRefusal(Code.DELIMITER, "Invalid quote formatting for CSV");
  }

  private void skipRestOfLine() throws IOException {
    int c = read();
    while (c != '\n' && c != END) {
      c = read();
    }
  }

  private void append(int c) throws IOException, LoadRefusal {
    if (length == row.length) {
      if (length >= LARGEST_ROW) {
        skipRestOfLine();
        throw new LoadRefusal(Code.LINE, "Input line is longer than 4 MB");
      }
      row = Arrays.copyOf(row, length * 2);
    }
    row[length++] = (byte) c;
  }

  private int read() throws IOException {
    if (position == limit && !fill()) {
      return END;
    }
    int c = buffer[position++] & 0xFF;
    if (rawLength < RAW_LINE) {
      raw[rawLength++] = (byte) c;
    }
    if (c == '\n') {
      lines++;
    }
    return c;
  }

  private boolean fill() throws IOException {
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    position = 0;
    bytes += limit;
    return limit > 0;
  }
}
