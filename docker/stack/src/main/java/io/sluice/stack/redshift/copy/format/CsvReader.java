package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row.Form;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads CSV as COPY does: fields may stand in quotes, quotes inside are doubled, quoted fields may
 * hold line ends, and blanks around the quotes do not count. Source: "Data format parameters" of
 * the Redshift Database Developer Guide. Works on bytes, and holds one row in memory. Used by one
 * thread.
 */
public final class CsvReader extends TextReader {
  private static final int END = -1;

  private final byte delimiter;
  private final byte quote;
  private boolean doubledQuotes;

  /** Reads {@code in}; delimiter and quote are ASCII. */
  public CsvReader(InputStream in, char delimiter, char quote) {
    super(in);
    this.delimiter = (byte) delimiter;
    this.quote = (byte) quote;
  }

  /**
   * Moves to the next row; false at the end.
   *
   * @throws LoadRefusal if the row's quotes are wrong or it is too long; the next call goes on
   *     behind it
   */
  @Override
  public boolean next() throws IOException, LoadRefusal {
    buffer.startRow();
    doubledQuotes = false;
    if (!buffer.hasNext()) {
      return false;
    }
    int terminator;
    do {
      terminator = field();
    } while (terminator == delimiter);
    buffer.checkSize();
    if (doubledQuotes) {
      buffer.keepRaw();
      undouble();
    }
    return true;
  }

  @Override
  public boolean isBlank() {
    return isOneEmptyField();
  }

  /**
   * Reads the field at the position; the result is what ended it: delimiter, line end or END. The
   * field is added before it is whole, so that it moves with the buffer.
   */
  private int field() throws IOException, LoadRefusal {
    Row row = buffer.row();
    int field = row.fields();
    row.add(Form.TEXT, buffer.position, buffer.position);
    while (true) {
      byte[] bytes = buffer.bytes;
      int limit = buffer.limit;
      int i = buffer.position;
      while (i < limit) {
        byte c = bytes[i];
        if (c == delimiter || c == '\n') {
          buffer.position = i + 1;
          return endPlain(row, field, i, c);
        }
        if (c == quote) {
          buffer.position = i + 1;
          return quotedField(row, field, i);
        }
        i++;
      }
      buffer.position = i;
      if (!buffer.more()) {
        return endPlain(row, field, buffer.position, END);
      }
    }
  }

  private int endPlain(Row row, int field, int end, int terminator) {
    int last = end;
    if (terminator != delimiter) {
      if (terminator == '\n') {
        buffer.countLine();
      }
      if (last > row.start(field) && buffer.bytes[last - 1] == '\r') {
        last--;
      }
    }
    row.endAt(field, last);
    return terminator;
  }

  /** Goes on behind an opening quote, before which only blanks may stand. */
  private int quotedField(Row row, int field, int quotePosition) throws IOException, LoadRefusal {
    for (int i = row.start(field); i < quotePosition; i++) {
      if (!isBlank(buffer.bytes[i])) {
        throw badQuotes();
      }
    }
    row.replace(field, Form.QUOTED, quotePosition + 1);
    while (true) {
      int c = read();
      if (c == END) {
        throw LoadError.CSV_QUOTES.refusal();
      }
      if (c == '\n') {
        buffer.countLine();
      } else if (c == quote) {
        // The field's end goes along if the buffer moves.
        row.endAt(field, buffer.position - 1);
        c = read();
        if (c != quote) {
          return behindQuote(c);
        }
        doubledQuotes = true;
      }
    }
  }

  /** Only blanks may stand between the closing quote and the delimiter or the line's end. */
  private int behindQuote(int first) throws IOException, LoadRefusal {
    int c = first;
    while (c != delimiter && (c == ' ' || c == '\t')) {
      c = read();
    }
    boolean carriageReturn = c == '\r';
    if (carriageReturn) {
      c = read();
    }
    if (c == '\n') {
      buffer.countLine();
      return c;
    }
    if (c == END || (c == delimiter && !carriageReturn)) {
      return c;
    }
    throw badQuotes();
  }

  private boolean isBlank(byte c) {
    return (c == ' ' || c == '\t') && c != delimiter;
  }

  /** Halves the doubled quotes of all fields, in place. */
  private void undouble() {
    Row row = buffer.row();
    byte[] bytes = buffer.bytes;
    for (int field = 0; field < row.fields(); field++) {
      if (row.form(field) == Form.QUOTED) {
        int to = row.start(field);
        for (int from = to; from < row.end(field); from++) {
          if (bytes[from] == quote) {
            from++;
          }
          bytes[to++] = bytes[from];
        }
        row.endAt(field, to);
      }
    }
  }

  private LoadRefusal badQuotes() throws IOException {
    if (buffer.position == 0 || buffer.bytes[buffer.position - 1] != '\n') {
      buffer.skipLine();
    } else {
      buffer.countLine();
    }
    return LoadError.CSV_QUOTES.refusal();
  }

  private int read() throws IOException, LoadRefusal {
    return buffer.hasNext() ? buffer.bytes[buffer.position++] & 0xFF : END;
  }
}
