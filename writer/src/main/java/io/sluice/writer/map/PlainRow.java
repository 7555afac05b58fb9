package io.sluice.writer.map;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.map.json.DocumentReader;
import io.sluice.writer.map.json.OneObject;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;

/**
 * Rows that are handed through as they came. Only what makes the count of rows true is looked at:
 * that there is something, that it is one line as COPY counts lines, and that JSON stands between
 * braces. UTF-8, the number of fields and their values are left to COPY.
 */
final class PlainRow {
  private PlainRow() {}

  /** Hands the row over without its line end, or refuses it. */
  static void write(byte[] data, int from, int to, FileFormat format, RowEncoder out)
      throws RejectException {
    if (DocumentReader.hasBom(data, from, to)) {
      throw RejectException.of(
          RejectReason.NOT_ONE_ROW, "the record begins with a byte order mark");
    }
    int end = to;
    while (end > from && (data[end - 1] == '\n' || data[end - 1] == '\r')) {
      end--;
    }
    if (isBlank(data, from, end)) {
      throw RejectException.of(RejectReason.EMPTY, "the record is empty");
    }
    if (format.format() == Format.JSON) {
      json(data, from, end, out);
      return;
    }
    boolean whole =
        format.format() == Format.CSV
            ? isOneCsvRow(data, from, end)
            : isOneDelimitedRow(data, from, end);
    if (!whole) {
      throw RejectException.of(
          RejectReason.NOT_ONE_ROW,
          format.format() == Format.CSV
              ? "a line end or the record's end stands where it is not one row: are quotes missing?"
              : "a line end or the record's end stands where it is not one row: are escapes missing?");
    }
    out.line(data, from, end);
  }

  /** COPY parts JSON by its braces, and takes white space between and within the objects. */
  private static void json(byte[] data, int from, int to, RowEncoder out) throws RejectException {
    int start = from;
    int end = to;
    while (isWhite(data[start])) {
      start++;
    }
    while (isWhite(data[end - 1])) {
      end--;
    }
    if (data[start] != '{' || data[end - 1] != '}' || end - start < 2) {
      throw RejectException.of(
          RejectReason.NOT_ONE_ROW, "the record does not begin with { and end with }");
    }
    if (!OneObject.isIn(data, start, end)) {
      throw RejectException.of(
          RejectReason.NOT_ONE_ROW, "the record is not one JSON object in one line");
    }
    out.line(data, start, end);
  }

  /** Whether quotes are closed at the end and every line end stands between them. */
  private static boolean isOneCsvRow(byte[] data, int from, int to) {
    boolean quoted = false;
    for (int p = from; p < to; p++) {
      byte c = data[p];
      quoted ^= c == '"';
      if (!quoted && (c == '\n' || c == '\r')) {
        return false;
      }
    }
    return !quoted;
  }

  /** Whether every line end has a backslash before it, and the last byte is none. */
  private static boolean isOneDelimitedRow(byte[] data, int from, int to) {
    for (int p = from; p < to; p++) {
      byte c = data[p];
      if (c == '\\') {
        p++;
        if (p == to) {
          return false;
        }
      } else if (c == '\n' || c == '\r') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte[] data, int from, int to) {
    for (int p = from; p < to; p++) {
      if (!isWhite(data[p])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhite(byte c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
