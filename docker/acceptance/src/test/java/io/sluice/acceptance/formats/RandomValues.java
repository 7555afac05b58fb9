package io.sluice.acceptance.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;

/** Values of every type, with a liking for those that break things. */
final class RandomValues {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String[] PIECES = {
    "", " ", "\t", "\n", "\r", "\r\n", "\"", "\"\"", "'", "\\", "\\\\", "\\N", "N", ",", "|", ";",
    "{", "}", "[", ":", "null", "NULL", "true", "0", "a", "xyz", "ä", "é", "€", "😀", "\u0001",
    "\u001f", "\u007f", "\u00a0", "\u2028", "\ufeff", "\ufffd", "-", "1e5", "/", "$"
  };
  private static final long LEAST_MICROS = micros("0001-01-01T00:00:00Z");
  private static final long LARGEST_MICROS = micros("9999-12-31T23:59:59.999999Z");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter()
          .withZone(ZoneOffset.UTC);

  private final Random random;

  /**
   * A value.
   *
   * @param text for char and varchar, otherwise null
   * @param write gives it to an encoder
   * @param expected what is read back, in the form of {@link #canonical}; null for NULL
   */
  record Value(String text, Consumer<RowEncoder> write, String expected) {}

  RandomValues(Random random) {
    this.random = random;
  }

  Value value(ColumnType type) {
    if (random.nextInt(8) == 0) {
      return new Value(null, RowEncoder::nullValue, null);
    }
    return switch (type.kind()) {
      case SMALLINT -> whole(pick(Short.MIN_VALUE, Short.MAX_VALUE, (short) random.nextInt()));
      case INTEGER -> whole(pick(Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt()));
      case BIGINT -> whole(pick(Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()));
      case DECIMAL -> decimal(type);
      case REAL -> real();
      case DOUBLE -> doublePrecision();
      case BOOLEAN -> bool(random.nextBoolean());
      case CHAR -> text(ascii(type.length()));
      case VARCHAR -> text(text(type.length()));
      case DATE -> date();
      case TIMESTAMP -> timestamp("");
      case TIMESTAMPTZ -> timestamp("+00");
      case SUPER -> document();
      case VARBYTE -> bytes(type.length());
    };
  }

  /** What was read back, so that two forms of one value are equal. */
  static String canonical(ColumnType type, String read) throws IOException {
    if (read == null) {
      return null;
    }
    return switch (type.kind()) {
      case REAL -> Float.toString(Float.parseFloat(read));
      case DOUBLE -> Double.toString(Double.parseDouble(read));
      case CHAR -> read.stripTrailing();
      case SUPER -> sorted(JSON.readTree(read)).toString();
      case VARBYTE -> read.startsWith("\\x") ? read.substring(2) : read;
      case SMALLINT, INTEGER, BIGINT, DECIMAL, BOOLEAN, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ ->
          read;
    };
  }

  private long pick(long least, long largest, long any) {
    return switch (random.nextInt(6)) {
      case 0 -> least;
      case 1 -> largest;
      case 2 -> 0;
      default -> any;
    };
  }

  private static Value whole(long value) {
    return new Value(null, row -> row.number(value), Long.toString(value));
  }

  private Value decimal(ColumnType type) {
    BigInteger limit = BigInteger.TEN.pow(type.length());
    BigInteger unscaled =
        switch (random.nextInt(5)) {
          case 0 -> limit.subtract(BigInteger.ONE);
          case 1 -> BigInteger.ONE;
          case 2 -> BigInteger.ZERO;
          default -> new BigInteger(limit.bitLength() + 8, random).mod(limit);
        };
    BigDecimal value =
        new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    return ascii(value.toPlainString(), value.toPlainString());
  }

  private Value real() {
    float value =
        switch (random.nextInt(7)) {
          case 0 -> -0.0f;
          case 1 -> Float.MIN_VALUE;
          case 2 -> -Float.MAX_VALUE;
          case 3 -> Float.MIN_NORMAL;
          default -> finite(Float.intBitsToFloat(random.nextInt()));
        };
    return ascii(Float.toString(value), Float.toString(value));
  }

  private Value doublePrecision() {
    double value =
        switch (random.nextInt(7)) {
          case 0 -> -0.0;
          case 1 -> Double.MIN_VALUE;
          case 2 -> -Double.MAX_VALUE;
          case 3 -> Double.MIN_NORMAL;
          default -> finite(Double.longBitsToDouble(random.nextLong()));
        };
    return ascii(Double.toString(value), Double.toString(value));
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 1.5f;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 1.5;
  }

  private static Value ascii(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new Value(null, row -> row.number(bytes, 0, bytes.length), expected);
  }

  private static Value bool(boolean value) {
    return new Value(null, row -> row.bool(value), Boolean.toString(value));
  }

  private static Value text(String text) {
    byte[] padded = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return new Value(text, row -> row.text(padded, 1, padded.length - 1), text);
  }

  private String text(int bytes) {
    StringBuilder text = new StringBuilder();
    int left = bytes;
    for (int pieces = random.nextInt(9); pieces > 0; pieces--) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      left -= piece.getBytes(StandardCharsets.UTF_8).length;
      if (left < 0) {
        break;
      }
      text.append(piece);
    }
    return text.toString();
  }

  /** Blanks at the end of a char do not count. */
  private String ascii(int bytes) {
    return text(bytes)
        .codePoints()
        .filter(c -> c < 128)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .stripTrailing();
  }

  private Value date() {
    long day =
        switch (random.nextInt(5)) {
          case 0 -> LocalDate.of(1, 1, 1).toEpochDay();
          case 1 -> LocalDate.of(9999, 12, 31).toEpochDay();
          case 2 -> LocalDate.of(2000, 2, 29).toEpochDay();
          default -> random.nextInt(40_000) - 10_000;
        };
    return new Value(null, row -> row.date(day), LocalDate.ofEpochDay(day).toString());
  }

  private Value timestamp(String zone) {
    long micros =
        switch (random.nextInt(6)) {
          case 0 -> LEAST_MICROS;
          case 1 -> LARGEST_MICROS;
          case 2 -> -1;
          case 3 -> random.nextInt(1_000_000) * 1_000_000L;
          default -> LEAST_MICROS + (long) (random.nextDouble() * (LARGEST_MICROS - LEAST_MICROS));
        };
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    return new Value(null, row -> row.timestamp(micros), TIME.format(time) + zone);
  }

  private Value document() {
    JsonNode document = json(3);
    byte[] padded = ("<" + document + ">").getBytes(StandardCharsets.UTF_8);
    return new Value(
        null, row -> row.json(padded, 1, padded.length - 1), sorted(document).toString());
  }

  private JsonNode json(int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> nodes.textNode(text(40));
      case 1 -> nodes.numberNode(random.nextInt());
      case 2 -> nodes.booleanNode(random.nextBoolean());
      case 3 -> nodes.numberNode(random.nextInt(1000) / 8.0 + 0.0625);
      case 4 -> {
        ArrayNode array = nodes.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(random.nextInt(5) == 0 ? nodes.nullNode() : json(depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = nodes.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set("k" + i + text(6), json(depth - 1));
        }
        yield object;
      }
    };
  }

  /** The warehouse keeps the members of an object in an order of its own. */
  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      java.util.TreeMap<String, JsonNode> members = new java.util.TreeMap<>();
      node.fields().forEachRemaining(it -> members.put(it.getKey(), sorted(it.getValue())));
      sorted.setAll(members);
      return sorted;
    }
    if (node.isArray()) {
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
      node.forEach(it -> sorted.add(sorted(it)));
      return sorted;
    }
    return node;
  }

  private Value bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most) + 1];
    random.nextBytes(bytes);
    return new Value(
        null, row -> row.bytes(bytes, 0, bytes.length), HexFormat.of().formatHex(bytes));
  }

  private static long micros(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }
}
