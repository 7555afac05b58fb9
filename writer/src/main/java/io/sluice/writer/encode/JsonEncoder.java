package io.sluice.writer.encode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An object a line, its names the columns' in lower case, as COPY's JSON 'auto' looks for them.
 * NULL is null, but for a SUPER, where it is left out: null is a document, too. See "JSON" in "Data
 * format parameters" of the Amazon Redshift Database Developer Guide.
 */
final class JsonEncoder extends FormatEncoder {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Each column's name with all that stands around it. */
  private final byte[][] names;

  private boolean first;

  JsonEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
    this.names =
        table.columns().stream()
            .map(column -> ",\"" + column.name().toLowerCase(Locale.ROOT) + "\":")
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  void beginRow() {
    first = true;
    if (names.length > 0) {
      out.append('{');
    }
  }

  @Override
  void endRow() {
    if (names.length > 0) {
      out.append('}');
    }
    out.append('\n');
  }

  @Override
  public void nullValue() {
    int length = out.length();
    boolean wasFirst = first;
    if (table.columns().get(name()).type().kind() == ColumnType.Kind.SUPER) {
      out.truncate(length);
      first = wasFirst;
      return;
    }
    out.append(NULL);
  }

  @Override
  public void bool(boolean value) {
    name();
    out.append(value ? TRUE : FALSE);
  }

  @Override
  public void number(long value) {
    name();
    out.appendNumber(value);
  }

  @Override
  public void number(byte[] ascii, int from, int to) {
    name();
    out.append(ascii, from, to);
  }

  @Override
  public void date(long epochDay) {
    name();
    out.append('"');
    TimeText.date(epochDay, out);
    out.append('"');
  }

  @Override
  public void timestamp(long epochMicros) {
    boolean zoned = isZoned(name());
    out.append('"');
    TimeText.timestamp(epochMicros, out);
    if (zoned) {
      out.append('+');
      out.appendTwo(0);
    }
    out.append('"');
  }

  @Override
  public void text(byte[] utf8, int from, int to) {
    name();
    out.append('"');
    int start = from;
    int plain = from;
    while (to - plain >= Long.BYTES && isPlain(Words.at(utf8, plain))) {
      plain += Long.BYTES;
    }
    for (int i = plain; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        out.append(utf8, start, i);
        escape(b);
        start = i + 1;
      }
    }
    out.append(utf8, start, to);
    out.append('"');
  }

  @Override
  public void json(byte[] utf8, int from, int to) {
    name();
    out.append(utf8, from, to);
  }

  @Override
  public void bytes(byte[] data, int from, int to) {
    name();
    out.append('"');
    out.appendHex(data, from, to);
    out.append('"');
  }

  /** Whether none of eight bytes needs an escape. */
  private static boolean isPlain(long word) {
    return !Words.anyMarked(
        Words.likely(word, '"') | Words.likely(word, '\\') | Words.likelyControl(word));
  }

  private int name() {
    int column = next();
    byte[] name = names[column];
    out.append(name, first ? 1 : 0, name.length);
    first = false;
    return column;
  }

  private void escape(byte b) {
    out.append('\\');
    switch (b) {
      case '\n' -> out.append('n');
      case '\r' -> out.append('r');
      case '\t' -> out.append('t');
      case '"', '\\' -> out.append(b);
      default -> {
        out.append('u');
        out.appendTwo(0);
        out.append(RowBuffer.hex(b >> 4));
        out.append(RowBuffer.hex(b));
      }
    }
  }
}
