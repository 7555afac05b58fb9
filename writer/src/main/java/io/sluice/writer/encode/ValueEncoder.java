package io.sluice.writer.encode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Turns a JSON value into the text that COPY reads back as the same value, and refuses what its
 * column cannot hold: nothing is cut, rounded or replaced.
 */
final class ValueEncoder {
  private static final BigInteger MIN_BIGINT = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_BIGINT = BigInteger.valueOf(Long.MAX_VALUE);

  /**
   * More digits than any column holds; beyond them a number is refused before it is spelled out.
   */
  private static final int MAX_EXPONENT = 400;

  private ValueEncoder() {}

  /** The text of a value that is neither null nor missing. */
  static String encode(JsonNode value, ColumnMapping column) throws RejectException {
    ColumnType type = column.type();
    if (isBeyondDouble(value)) {
      throw RejectException.ofValue(
          RejectReason.OUT_OF_RANGE, "a number beyond 1.8e308 does not fit into " + type);
    }
    return switch (type.kind()) {
      case SMALLINT ->
          whole(
              value,
              type,
              BigInteger.valueOf(Short.MIN_VALUE),
              BigInteger.valueOf(Short.MAX_VALUE));
      case INTEGER ->
          whole(
              value,
              type,
              BigInteger.valueOf(Integer.MIN_VALUE),
              BigInteger.valueOf(Integer.MAX_VALUE));
      case BIGINT -> whole(value, type, MIN_BIGINT, MAX_BIGINT);
      case DECIMAL -> decimal(value, type);
      case REAL ->
          floating(value, type, Math.abs(number(value, type).floatValue()), Float.MAX_VALUE);
      case DOUBLE ->
          floating(value, type, Math.abs(number(value, type).doubleValue()), Double.MAX_VALUE);
      case BOOLEAN -> bool(value, type);
      case CHAR -> ascii(text(value, type), type);
      case VARCHAR -> text(value, type);
      case DATE -> Times.date(value, column.timeForm());
      case TIMESTAMP -> Times.timestamp(value, column.timeForm());
      case TIMESTAMPTZ -> Times.timestamp(value, column.timeForm()) + "+00";
      case SUPER -> document(value, type);
      case VARBYTE ->
          throw RejectException.ofValue(RejectReason.WRONG_TYPE, "varbyte is not encoded yet");
    };
  }

  private static String whole(JsonNode value, ColumnType type, BigInteger min, BigInteger max)
      throws RejectException {
    BigDecimal number = number(value, type);
    BigInteger whole;
    try {
      whole = number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw RejectException.ofValue(
          RejectReason.WRONG_TYPE, shown(value) + " is not a whole number");
    }
    if (whole.compareTo(min) < 0 || whole.compareTo(max) > 0) {
      throw outOfRange(value, type);
    }
    return whole.toString();
  }

  private static String decimal(JsonNode value, ColumnType type) throws RejectException {
    BigDecimal number = number(value, type);
    BigDecimal fitted;
    try {
      fitted = number.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw outOfRange(value, type);
    }
    if (fitted.precision() > type.length()) {
      throw outOfRange(value, type);
    }
    return fitted.toPlainString();
  }

  private static String floating(JsonNode value, ColumnType type, double magnitude, double max)
      throws RejectException {
    BigDecimal number = number(value, type);
    if (magnitude > max || (magnitude == 0 && number.signum() != 0)) {
      throw outOfRange(value, type);
    }
    return number.toString();
  }

  private static BigDecimal number(JsonNode value, ColumnType type) throws RejectException {
    BigDecimal number;
    if (value.isNumber()) {
      number = value.decimalValue();
    } else if (value.isTextual()) {
      try {
        number = new BigDecimal(value.textValue().strip());
      } catch (NumberFormatException e) {
        throw wrongType(value, type);
      }
    } else {
      throw wrongType(value, type);
    }
    if (Math.abs((long) number.scale()) > MAX_EXPONENT && number.signum() != 0) {
      throw outOfRange(value, type);
    }
    return number;
  }

  private static String bool(JsonNode value, ColumnType type) throws RejectException {
    if (value.isBoolean()) {
      return value.asText();
    }
    return switch (value.asText().toLowerCase(Locale.ROOT)) {
      case "1", "true", "t", "yes", "y" -> "true";
      case "0", "false", "f", "no", "n" -> "false";
      default -> throw wrongType(value, type);
    };
  }

  private static String text(JsonNode value, ColumnType type) throws RejectException {
    if (value.isContainerNode()) {
      throw wrongType(value, type);
    }
    String text = value.isBigDecimal() ? plain(value.decimalValue()) : value.asText();
    int bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining();
    } catch (CharacterCodingException e) {
      throw RejectException.ofValue(
          RejectReason.NOT_LOADABLE, "the text has half a surrogate pair");
    }
    if (text.indexOf('\0') >= 0) {
      throw RejectException.ofValue(RejectReason.NOT_LOADABLE, "the text has a NUL character");
    }
    if (bytes > type.length()) {
      throw RejectException.ofValue(
          RejectReason.TOO_LONG, bytes + " bytes do not fit into " + type);
    }
    return text;
  }

  private static String document(JsonNode value, ColumnType type) throws RejectException {
    String text = value.toString();
    if (text.contains("Infinity") && holdsNumberBeyondDouble(value)) {
      throw RejectException.ofValue(
          RejectReason.OUT_OF_RANGE, "a number beyond 1.8e308 does not fit into " + type);
    }
    return text;
  }

  private static boolean holdsNumberBeyondDouble(JsonNode value) {
    if (isBeyondDouble(value)) {
      return true;
    }
    for (JsonNode inner : value) {
      if (holdsNumberBeyondDouble(inner)) {
        return true;
      }
    }
    return false;
  }

  /** Jackson reads every other number exactly, and these as an infinite double. */
  private static boolean isBeyondDouble(JsonNode value) {
    return value.isDouble() && !Double.isFinite(value.doubleValue());
  }

  /** As it was written where that is short, with an exponent where it would be all zeros. */
  private static String plain(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MAX_EXPONENT
        ? number.toPlainString()
        : number.toString();
  }

  /** CHAR takes single-byte characters only. */
  private static String ascii(String text, ColumnType type) throws RejectException {
    if (!text.chars().allMatch(c -> c < 128)) {
      throw RejectException.ofValue(
          RejectReason.NOT_LOADABLE, type + " takes single-byte characters only");
    }
    return text;
  }

  private static RejectException wrongType(JsonNode value, ColumnType type) {
    return RejectException.ofValue(RejectReason.WRONG_TYPE, shown(value) + " is not a " + type);
  }

  private static RejectException outOfRange(JsonNode value, ColumnType type) {
    return RejectException.ofValue(
        RejectReason.OUT_OF_RANGE, shown(value) + " does not fit into " + type);
  }

  /** The value, shortened: the whole record stands beside the reason. */
  static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
