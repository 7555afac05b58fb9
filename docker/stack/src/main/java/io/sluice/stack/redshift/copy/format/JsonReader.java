package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads JSON objects or arrays that stand one after another, with nothing but white space between
 * them, each one row. Source: "JSON data file" in "Data format parameters" of the Redshift Database
 * Developer Guide. Holds one of them in memory. Used by one thread.
 */
final class JsonReader extends TextReader {
  private final JsonRow row;

  /** Reads {@code in}; {@code row} picks the columns' values out of each document. */
  JsonReader(InputStream in, JsonRow row) {
    super(in);
    this.row = row;
  }

  @Override
  public boolean next() throws IOException, LoadRefusal {
    row.clear();
    if (!skipBlanks()) {
      return false;
    }
    byte first = buffer.bytes[buffer.position];
    if (first != '{' && first != '[') {
      skipToDocument();
      throw JsonCursor.malformed();
    }
    findEnd();
    buffer.checkSize();
    row.read(buffer.bytes, buffer.position - buffer.offset(), buffer.position);
    return true;
  }

  @Override
  public Row row() {
    return row.row();
  }

  /** The last line of the document, as STL_LOAD_ERRORS shows it. */
  @Override
  public long line() {
    return buffer.lines() + 1;
  }

  /** Starts a row at the next byte that is none; false if there is none. */
  private boolean skipBlanks() throws IOException, LoadRefusal {
    buffer.startRow();
    while (buffer.hasNext()) {
      byte c = buffer.bytes[buffer.position];
      if (!JsonCursor.isBlank(c)) {
        buffer.startRow();
        return true;
      }
      if (c == '\n') {
        buffer.countLine();
      }
      buffer.position++;
      buffer.startRow();
    }
    return false;
  }

  /** What stands between documents is one error, however long. */
  private void skipToDocument() throws IOException, LoadRefusal {
    while (buffer.hasNext()) {
      byte c = buffer.bytes[buffer.position];
      if (c == '{' || c == '[') {
        return;
      }
      if (c == '\n') {
        buffer.countLine();
      }
      buffer.position++;
    }
  }

  /** Moves behind the bracket that closes the document, brackets in strings not counted. */
  private void findEnd() throws IOException, LoadRefusal {
    int depth = 0;
    boolean inString = false;
    while (buffer.hasNext()) {
      byte c = buffer.bytes[buffer.position++];
      if (c == '\n') {
        buffer.countLine();
      } else if (c == '"') {
        inString = !inString;
      } else if (inString) {
        if (c == '\\' && buffer.hasNext()) {
          buffer.position++;
        }
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        return;
      }
    }
    throw LoadError.JSON_VALUE.refusal();
  }
}
