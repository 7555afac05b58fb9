package io.sluice.stack.redshift.copy.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Values of Parquet as a text file would hold them with COPY's default formats. */
public final class ParquetText {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  /** The day from which INT96 counts, as the number that it has for 1970-01-01. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private ParquetText() {}

  /** The text of one value. */
  public static String of(PrimitiveType type, Object value) throws BrokenParquetException {
    try {
      return text(type, value);
    } catch (DateTimeException
        | ArithmeticException
        | NumberFormatException
        | BufferUnderflowException e) {
      throw new BrokenParquetException(
          "column " + type.getName() + " holds no value of its type", e);
    }
  }

  /** One value as JSON: numbers and truth values as such, all else as text. */
  public static JsonNode json(PrimitiveType type, Object value) throws BrokenParquetException {
    try {
      return node(type, value);
    } catch (DateTimeException
        | ArithmeticException
        | NumberFormatException
        | BufferUnderflowException e) {
      throw new BrokenParquetException(
          "column " + type.getName() + " holds no value of its type", e);
    }
  }

  private static String text(PrimitiveType type, Object value) {
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return TIMESTAMP.format(int96((byte[]) value));
    }
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(decimal.getScale(), value).toPlainString();
    }
    if (annotation instanceof DateLogicalTypeAnnotation) {
      return LocalDate.ofEpochDay((Integer) value).toString();
    }
    if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      return TIMESTAMP.format(timestamp(timestamp.getUnit(), (Long) value));
    }
    if (annotation instanceof TimeLogicalTypeAnnotation time) {
      long nanos = ((Number) value).longValue() * (1_000_000_000L / perSecond(time.getUnit()));
      return LocalTime.ofNanoOfDay(nanos).toString();
    }
    if (annotation instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
      return value instanceof Integer narrow
          ? Integer.toUnsignedString(narrow)
          : Long.toUnsignedString((Long) value);
    }
    if (value instanceof byte[] bytes) {
      return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
          ? new String(bytes, StandardCharsets.UTF_8)
          : HexFormat.of().formatHex(bytes);
    }
    return String.valueOf(value);
  }

  static JsonNode node(PrimitiveType type, Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      return nodes.numberNode(decimal(decimal.getScale(), value));
    }
    if (annotation == null && value instanceof Boolean truth) {
      return nodes.booleanNode(truth);
    }
    boolean number =
        value instanceof Number
            && (annotation == null || annotation instanceof IntLogicalTypeAnnotation);
    String text = text(type, value);
    // Neither NaN nor infinity is a number of JSON.
    return number && Character.isDigit(text.charAt(text.length() - 1))
        ? nodes.numberNode(new BigDecimal(text))
        : nodes.textNode(text);
  }

  private static BigDecimal decimal(int scale, Object value) {
    return value instanceof byte[] unscaled
        ? new BigDecimal(new BigInteger(unscaled), scale)
        : BigDecimal.valueOf(((Number) value).longValue(), scale);
  }

  private static LocalDateTime timestamp(TimeUnit unit, long value) {
    long perSecond = perSecond(unit);
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, perSecond),
        (int) (Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond)),
        ZoneOffset.UTC);
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000L;
      case MICROS -> 1_000_000L;
      case NANOS -> 1_000_000_000L;
    };
  }

  private static LocalDateTime int96(byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    return LocalDate.ofEpochDay(bytes.getInt() - JULIAN_EPOCH).atStartOfDay().plusNanos(nanos);
  }
}
