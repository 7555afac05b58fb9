package io.sluice.writer.map.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OneObjectTest {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

  /** What has a meaning stands among letters in all places of a word. */
  private static final String CHARACTERS = "aaaaaa \"\"\"\"\\\\{}:,y\u007f\u00e9\t\n\r";

  private final Random random = new Random(SEED);

  @Test
  void eightBytesAtATimeSayWhatSingleBytesSay() {
    int objects = 0;

    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
      boolean expected = isInByBytes(bytes, 3, bytes.length - 2);
      objects += expected ? 1 : 0;

      boolean actual = OneObject.isIn(bytes, 3, bytes.length - 2);
      assertThat(actual)
          .as("seed %d: %s", SEED, new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo(expected);
    }

    assertThat(objects).as("objects of seed %d", SEED).isBetween(10_000, 190_000);
  }

  /** The same without shortcuts. */
  private static boolean isInByBytes(byte[] bytes, int from, int to) {
    int depth = 0;
    boolean inText = false;
    for (int p = from; p < to; p++) {
      switch (bytes[p]) {
        case '\n', '\r' -> {
          return false;
        }
        case '\\' -> p += inText ? 1 : 0;
        case '"' -> inText = !inText;
        case '{' -> depth += inText ? 0 : 1;
        case '}' -> {
          depth -= inText ? 0 : 1;
          if (depth == 0 && !inText) {
            return p == to - 1;
          }
        }
        default -> {
          // Of no meaning.
        }
      }
    }
    return false;
  }

  /** Half of them well formed; around them stand bytes that are not looked at. */
  private String text() {
    StringBuilder text = new StringBuilder("}\"\n{");
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      text.append('"').append(random(8, CHARACTERS.indexOf('"'))).append("\":");
      text.append(random.nextInt(3) == 0 ? "{\"a\":\"}{\\\\\\\"\"}" : random.nextInt(100_000));
      text.append(',');
    }
    if (random.nextInt(2) == 0) {
      text.append(random(20, CHARACTERS.length()));
    }
    return text.append("}}\"").toString();
  }

  private String random(int length, int kinds) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(length); i > 0; i--) {
      text.append(CHARACTERS.charAt(random.nextInt(kinds)));
    }
    return text.toString();
  }
}
