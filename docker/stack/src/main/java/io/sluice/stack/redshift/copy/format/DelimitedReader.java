package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads text whose fields are parted by a delimiter. Quotes are characters like any other, unless
 * REMOVEQUOTES takes them away; a backslash is one, unless ESCAPE gives it its meaning. Source:
 * "Data conversion parameters" of the Redshift Database Developer Guide. Holds one row in memory.
 * Used by one thread.
 */
final class DelimitedReader extends TextReader {
  private static final int END = -1;

  /** What {@link #field} answers when a delimiter ended the field. */
  private static final int DELIMITER = -2;

  private static final String DEFAULT_NULL = "\\N";

  private final byte[] delimiter;
  private final boolean escape;
  private final boolean removeQuotes;
  private final boolean defaultNull;
  private final boolean nulIsData;
  private boolean escapes;

  DelimitedReader(InputStream in, CopyOptions options) {
    super(in);
    this.delimiter = options.delimiter().getBytes(StandardCharsets.UTF_8);
    this.escape = options.has(Flag.ESCAPE);
    this.removeQuotes = options.has(Flag.REMOVEQUOTES);
    this.defaultNull = options.nullText().equals(DEFAULT_NULL);
    this.nulIsData = options.nullText().equals("\0");
  }

  @Override
  public boolean next() throws IOException, LoadRefusal {
    buffer.startRow();
    escapes = false;
    if (!buffer.hasNext()) {
      return false;
    }
    int terminator;
    do {
      terminator = field();
    } while (terminator == DELIMITER);
    buffer.checkSize();
    if (escapes) {
      buffer.keepRaw();
      unescape();
    }
    return true;
  }

  @Override
  public boolean isBlank() {
    return isOneEmptyField();
  }

  /** Reads the field at the position; the result is what ended it. */
  private int field() throws IOException, LoadRefusal {
    Row row = buffer.row();
    int field = row.fields();
    row.add(Form.TEXT, buffer.position, buffer.position);
    if (removeQuotes && buffer.hasNext()) {
      byte first = buffer.bytes[buffer.position];
      if (first == '"' || first == '\'') {
        return quotedField(row, field, first);
      }
    }
    while (buffer.hasNext()) {
      byte[] bytes = buffer.bytes;
      int limit = buffer.limit;
      int i = buffer.position;
      byte c = bytes[i];
      // Most bytes mean nothing: they are passed without a look at the rest of this loop.
      while (c != delimiter[0] && c != '\\' && (c > '\r' || c < 0 || !isSpecial(c))) {
        if (++i == limit) {
          break;
        }
        c = bytes[i];
      }
      buffer.position = i;
      if (i < limit) {
        int end = special(row, field, c);
        if (end != 0) {
          return end;
        }
      }
    }
    row.endAt(field, buffer.position);
    return END;
  }

  private static boolean isSpecial(byte c) {
    return c == '\n' || c == '\r' || c == 0;
  }

  /** Takes a byte with a meaning, at the position; 0 if the field goes on. */
  private int special(Row row, int field, byte c) throws IOException, LoadRefusal {
    if (c == delimiter[0] && isDelimiter()) {
      row.endAt(field, buffer.position);
      buffer.position += delimiter.length;
      return DELIMITER;
    }
    if (c == '\n' || c == '\r' || (c == 0 && !nulIsData)) {
      row.endAt(field, buffer.position);
      return endOfLine(c);
    }
    buffer.position++;
    if (c == '\\' && escape) {
      takeEscaped();
    }
    return 0;
  }

  private void takeEscaped() throws IOException, LoadRefusal {
    escapes = true;
    if (buffer.hasNext() && buffer.bytes[buffer.position++] == '\n') {
      buffer.countLine();
    }
  }

  /**
   * A carriage return belongs to the line's end and a NUL ends the record: what follows either must
   * be the newline.
   */
  private int endOfLine(byte c) throws IOException, LoadRefusal {
    buffer.position++;
    if (c != '\n') {
      if (!buffer.hasNext()) {
        return END;
      }
      byte next = buffer.bytes[buffer.position];
      if (next != '\n') {
        LoadRefusal refusal = LoadError.MISSING_NEWLINE.refusal(next & 0xFF, buffer.offset());
        buffer.skipLine();
        throw refusal;
      }
      buffer.position++;
    }
    buffer.countLine();
    return '\n';
  }

  private boolean isDelimiter() throws IOException, LoadRefusal {
    while (buffer.limit - buffer.position < delimiter.length) {
      if (!buffer.more()) {
        return false;
      }
    }
    int from = buffer.position;
    return Arrays.equals(
        buffer.bytes, from, from + delimiter.length, delimiter, 0, delimiter.length);
  }

  /**
   * Reads up to the quote that a delimiter or the line's end follows: all between is the value,
   * delimiters and quotes included.
   */
  private int quotedField(Row row, int field, byte quote) throws IOException, LoadRefusal {
    buffer.position++;
    row.replace(field, Form.QUOTED, buffer.position);
    while (buffer.hasNext()) {
      byte c = buffer.bytes[buffer.position];
      if (c == '\n') {
        break;
      }
      buffer.position++;
      if (c == '\\' && escape) {
        takeEscaped();
      } else if (c == quote) {
        row.endAt(field, buffer.position - 1);
        if (!buffer.hasNext()) {
          return END;
        }
        byte next = buffer.bytes[buffer.position];
        if (next == delimiter[0] && isDelimiter()) {
          buffer.position += delimiter.length;
          return DELIMITER;
        }
        if (next == '\n' || next == '\r') {
          return endOfLine(next);
        }
      }
    }
    row.endAt(field, buffer.position);
    buffer.skipLine();
    throw LoadError.MISSING_END_QUOTE.refusal();
  }

  /** Takes the escaping backslashes away, in place; {@code \N} stays NULL. */
  private void unescape() {
    Row row = buffer.row();
    byte[] bytes = buffer.bytes;
    for (int field = 0; field < row.fields(); field++) {
      int start = row.start(field);
      int end = row.end(field);
      boolean isNull = end - start == 2 && bytes[start] == '\\' && bytes[start + 1] == 'N';
      if (defaultNull && isNull && row.form(field) == Form.TEXT) {
        continue;
      }
      int to = start;
      for (int from = start; from < end; from++) {
        if (bytes[from] == '\\' && from + 1 < end) {
          from++;
        }
        bytes[to++] = bytes[from];
      }
      row.endAt(field, to);
    }
  }
}
