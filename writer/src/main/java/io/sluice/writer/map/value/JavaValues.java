package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

/**
 * Values of Java for columns, by the rules for values of documents. A value is first made bytes,
 * for which its own methods are called, and then written: what the user's classes throw is never
 * taken for a failure of the files, nor the other way round. For one thread.
 */
public final class JavaValues {
  private static final int MAX_SHOWN = 64;

  /** What a value has become. */
  private enum Form {
    TOKEN,
    DOCUMENT,
    BYTES,
    TIME
  }

  private final ValueWriter values;
  private final Token token = new Token();
  private byte[] bytes;
  private long micros;

  /** Hands what it has made of a value to {@code values}. */
  public JavaValues(ValueWriter values) {
    this.values = values;
  }

  /** Writes a value that is not null. */
  public void write(Object value, ColumnPlan column, RowEncoder out) throws RejectException {
    Form form;
    try {
      form = prepare(value, column.type());
    } catch (RuntimeException | StackOverflowError e) {
      throw UserCode.reject(e);
    }
    switch (form) {
      case TOKEN -> values.write(token, column, out);
      case DOCUMENT -> values.document(bytes, 0, bytes.length, out);
      case BYTES -> values.bytes(bytes, 0, bytes.length, column, out);
      case TIME -> {
        if (column.type().kind() == ColumnType.Kind.DATE) {
          out.date(Math.floorDiv(micros, 86_400_000_000L));
        } else {
          out.timestamp(micros);
        }
      }
    }
  }

  /** The value as messages show it. */
  public static String shown(Object value) {
    String text;
    try {
      text = value instanceof byte[] array ? array.length + " bytes" : String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      text = "a " + value.getClass().getName();
    }
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private Form prepare(Object value, ColumnType type) throws RejectException {
    ColumnType.Kind kind = type.kind();
    if (kind == ColumnType.Kind.SUPER) {
      bytes = JavaDocuments.of(value);
      return Form.DOCUMENT;
    }
    boolean isBytes = value instanceof byte[] || value instanceof ByteBuffer;
    if (kind == ColumnType.Kind.VARBYTE && isBytes) {
      bytes = value instanceof byte[] array ? array : copy((ByteBuffer) value);
      return Form.BYTES;
    }
    Instant time = isTime(kind) ? instant(value) : null;
    if (time != null) {
      micros = Times.micros(time, value);
      return Form.TIME;
    }
    prepareToken(value, type);
    return Form.TOKEN;
  }

  private static boolean isTime(ColumnType.Kind kind) {
    return kind == ColumnType.Kind.DATE
        || kind == ColumnType.Kind.TIMESTAMP
        || kind == ColumnType.Kind.TIMESTAMPTZ;
  }

  private void prepareToken(Object value, ColumnType type) throws RejectException {
    if (value instanceof Boolean flag) {
      byte[] word = flag ? Literals.TRUE : Literals.FALSE;
      token.set(flag ? Kind.TRUE : Kind.FALSE, word, 0, word.length);
    } else if (value instanceof Number number) {
      byte[] digits = digits(number, type.toString()).getBytes(StandardCharsets.US_ASCII);
      token.set(Kind.NUMBER, digits, 0, digits.length);
    } else {
      byte[] text = text(value, type);
      token.set(Kind.TEXT, text, 0, text.length);
      ValueWriter.refuseNul(token);
    }
  }

  /** The number as JSON writes it. */
  static String digits(Number number, String holder) throws RejectException {
    String text = number.toString();
    if (number instanceof Long || number instanceof Integer) {
      return text;
    }
    try {
      // A class of any origin may be a number; NaN and infinity are none.
      new BigDecimal(text);
      return text;
    } catch (NumberFormatException e) {
      throw RejectException.of(RejectReason.OUT_OF_RANGE, text + " does not fit into " + holder);
    }
  }

  private static byte[] text(Object value, ColumnType type) throws RejectException {
    CharSequence text;
    if (value instanceof CharSequence chars) {
      text = chars;
    } else if (value instanceof Enum<?> constant) {
      text = constant.name();
    } else if (value instanceof Character || value instanceof UUID || instant(value) != null) {
      text = value.toString();
    } else {
      throw RejectException.of(
          RejectReason.WRONG_TYPE, "a " + value.getClass().getName() + " is not a " + type);
    }
    return utf8(text);
  }

  /** The text in UTF-8, strictly: half a character is refused. */
  public static byte[] utf8(CharSequence text) throws RejectException {
    try {
      return copy(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
    } catch (CharacterCodingException e) {
      throw RejectException.of(RejectReason.NOT_LOADABLE, "the text has half a surrogate pair");
    }
  }

  /** A copy of what is left in the buffer, whose position stays. */
  public static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    return value instanceof LocalDate date ? date.atStartOfDay().toInstant(ZoneOffset.UTC) : null;
  }
}
