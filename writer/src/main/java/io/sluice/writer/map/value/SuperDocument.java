package io.sluice.writer.map.value;

import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.map.json.Buffers;
import io.sluice.writer.map.json.DocumentReader;
import io.sluice.writer.map.json.JsonText;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.nio.charset.StandardCharsets;

/**
 * Documents for SUPER, as they lie in the record: what COPY or SUPER would refuse is refused here.
 * See "Limitations" of SUPER in the Amazon Redshift Database Developer Guide: 16 MB a value and a
 * text, 1,000 levels. For one thread.
 */
final class SuperDocument {
  private static final int MAX_BYTES = 16_000_000;

  /** A number with no exponent and so few characters cannot be beyond a double. */
  private static final int MAX_SURE_DIGITS = 300;

  private final JsonText texts = new JsonText();
  private final Token inner = new Token();
  private byte[] compacted = new byte[256];

  /** Hands a whole value over, in one line; its JSON has been checked. */
  void write(byte[] bytes, int from, int to, RowEncoder out) throws RejectException {
    if (to - from > MAX_BYTES) {
      throw RejectException.of(
          RejectReason.TOO_LONG, (to - from) + " bytes do not fit into super, which holds 16 MB");
    }
    if (!isOneLineAfterChecks(bytes, from, to)) {
      compact(bytes, from, to, out);
      return;
    }
    out.json(bytes, from, to);
  }

  private boolean isOneLineAfterChecks(byte[] bytes, int from, int to) throws RejectException {
    boolean oneLine = true;
    int depth = 0;
    int p = from;
    while (p < to) {
      byte c = bytes[p];
      if (c == '"') {
        p = text(bytes, p + 1);
      } else if (c == '-' || (c >= '0' && c <= '9')) {
        p = number(bytes, p, to);
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (depth > DocumentReader.MAX_DEPTH) {
          throw RejectException.of(
              RejectReason.TOO_DEEP, "super holds " + DocumentReader.MAX_DEPTH + " levels");
        }
        oneLine &= c != '\n' && c != '\r';
        p++;
      }
    }
    return oneLine;
  }

  private int text(byte[] bytes, int from) throws RejectException {
    int p = from;
    boolean escaped = false;
    while (bytes[p] != '"') {
      escaped |= bytes[p] == '\\';
      p += bytes[p] == '\\' ? 2 : 1;
    }
    if (escaped) {
      texts.unescape(inner.set(Kind.ESCAPED, bytes, from, p));
      ValueWriter.refuseNul(inner);
    }
    return p + 1;
  }

  private static int number(byte[] bytes, int from, int to) throws RejectException {
    int p = from;
    boolean exponent = false;
    while (p < to && "+-.eE0123456789".indexOf(bytes[p]) >= 0) {
      exponent |= bytes[p] == 'e' || bytes[p] == 'E';
      p++;
    }
    if ((exponent || p - from > MAX_SURE_DIGITS)
        && Double.isInfinite(
            Double.parseDouble(new String(bytes, from, p - from, StandardCharsets.US_ASCII)))) {
      throw RejectException.of(
          RejectReason.OUT_OF_RANGE, "a number beyond 1.8e308 does not fit into super");
    }
    return p;
  }

  /** White space between the values is no part of them. */
  private void compact(byte[] bytes, int from, int to, RowEncoder out) {
    compacted = Buffers.ofAtLeast(compacted, to - from);
    int length = 0;
    boolean inText = false;
    for (int p = from; p < to; p++) {
      byte c = bytes[p];
      if (inText && c == '\\') {
        compacted[length++] = c;
        compacted[length++] = bytes[++p];
        continue;
      }
      inText ^= c == '"';
      if (inText || c > ' ' || c < 0) {
        compacted[length++] = c;
      }
    }
    out.json(compacted, 0, length);
  }
}
