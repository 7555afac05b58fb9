package io.sluice.writer.encode;

/**
 * CSV as COPY reads it: a field stands in quotes when it holds a quote, the delimiter or a line
 * end, when it is empty (NULL is another text, without quotes) or when it begins or ends with a
 * blank; quotes inside are doubled. See CSV in "Data format parameters" of the Amazon Redshift
 * Database Developer Guide.
 */
final class CsvEncoder extends TextEncoder {
  CsvEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
  }

  @Override
  void value(byte[] utf8, int from, int to) {
    int quote = scan(utf8, from, to);
    if (quote == to) {
      out.append(utf8, from, to);
      return;
    }
    out.append('"');
    int start = from;
    for (int i = Math.max(quote, from); i < to; i++) {
      if (utf8[i] == '"') {
        // The quote goes along with both runs, and so is doubled.
        out.append(utf8, start, i + 1);
        start = i;
      }
    }
    out.append(utf8, start, to);
    out.append('"');
  }

  /** Where the first byte stands that asks for quotes; {@code to} when there is none. */
  private int scan(byte[] utf8, int from, int to) {
    if (from == to || isBlank(utf8[from]) || isBlank(utf8[to - 1])) {
      return from == to ? from - 1 : from;
    }
    int i = from;
    while (to - i >= Long.BYTES && isPlain(Words.at(utf8, i))) {
      i += Long.BYTES;
    }
    for (; i < to; i++) {
      byte b = utf8[i];
      if (b == delimiter || b == '"' || b == '\n' || b == '\r') {
        return i;
      }
    }
    return to;
  }

  /** Whether none of eight bytes asks for quotes, nor is a control character, for short. */
  private boolean isPlain(long word) {
    return !Words.anyMarked(
        Words.likely(word, delimiter) | Words.likely(word, '"') | Words.likelyControl(word));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
