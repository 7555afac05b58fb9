package io.sluice.writer.map.value;

import io.sluice.writer.map.json.BytesTable;
import java.nio.charset.StandardCharsets;

/** Words that mean something by themselves. */
final class Literals {
  static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  /** As COPY reads them ("Boolean type" in the Amazon Redshift Database Developer Guide). */
  private static final BytesTable<Boolean> BOOLEANS = new BytesTable<>();

  private static final int LONGEST = 5;

  static {
    for (String word : new String[] {"1", "true", "t", "yes", "y"}) {
      BOOLEANS.put(word.getBytes(StandardCharsets.US_ASCII), true);
    }
    for (String word : new String[] {"0", "false", "f", "no", "n"}) {
      BOOLEANS.put(word.getBytes(StandardCharsets.US_ASCII), false);
    }
  }

  private Literals() {}

  /** What the word says, in upper or lower case, or null. */
  static Boolean bool(byte[] bytes, int from, int to) {
    Boolean word = BOOLEANS.get(bytes, from, to);
    if (word != null || to - from > LONGEST) {
      return word;
    }
    byte[] lower = new byte[to - from];
    for (int i = 0; i < lower.length; i++) {
      byte c = bytes[from + i];
      lower[i] = (byte) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    }
    return BOOLEANS.get(lower, 0, lower.length);
  }
}
