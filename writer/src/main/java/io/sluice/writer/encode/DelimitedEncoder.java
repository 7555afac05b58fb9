package io.sluice.writer.encode;

/**
 * Delimited text for COPY with ESCAPE: a backslash stands before each delimiter, backslash, line
 * end and quote. See ESCAPE in "Data conversion parameters" of the Amazon Redshift Database
 * Developer Guide.
 */
final class DelimitedEncoder extends TextEncoder {
  DelimitedEncoder(TableLayout table, RowBuffer out) {
    super(table, out);
  }

  @Override
  void value(byte[] utf8, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == delimiter || b == '\\' || b == '\n' || b == '\r' || b == '"' || b == '\'') {
        out.append(utf8, start, i);
        out.append('\\');
        start = i;
      }
    }
    out.append(utf8, start, to);
  }
}
