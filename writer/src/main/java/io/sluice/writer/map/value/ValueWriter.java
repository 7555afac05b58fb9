package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.Words;
import io.sluice.writer.map.json.JsonText;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;

/**
 * Hands a value to its column and refuses what the column cannot hold: nothing is cut, rounded or
 * replaced but what a time has below a microsecond, and the time of day in a date. For one thread.
 */
public final class ValueWriter {
  private final JsonText texts = new JsonText();
  private final Numbers numbers;
  private final Times times;
  private final Binary binary = new Binary();
  private final SuperDocument documents = new SuperDocument();

  /** A writer that decides plain cases by their bytes, or leaves that. */
  public ValueWriter(Shortcuts shortcuts) {
    this.numbers = new Numbers(shortcuts);
    this.times = new Times(shortcuts);
  }

  /**
   * Writes a value that is not null. The token may point elsewhere afterwards, at the text without
   * its escapes for instance.
   */
  public void write(Token value, ColumnPlan column, RowEncoder out) throws RejectException {
    ColumnType type = column.type();
    if (value.kind() == Kind.ESCAPED) {
      texts.unescape(value);
      refuseNul(value);
    }
    switch (type.kind()) {
      case SMALLINT -> numbers.whole(value, type, Short.MIN_VALUE, Short.MAX_VALUE, out);
      case INTEGER -> numbers.whole(value, type, Integer.MIN_VALUE, Integer.MAX_VALUE, out);
      case BIGINT -> numbers.whole(value, type, Long.MIN_VALUE, Long.MAX_VALUE, out);
      case DECIMAL -> numbers.decimal(value, type, out);
      case REAL, DOUBLE -> numbers.floating(value, type, out);
      case BOOLEAN -> out.bool(bool(value, type));
      case CHAR, VARCHAR -> text(value, column, out);
      case DATE -> out.date(times.days(value, column.timeForm(), type));
      case TIMESTAMP, TIMESTAMPTZ -> out.timestamp(times.micros(value, column.timeForm(), type));
      case VARBYTE -> {
        binary.decode(value, column.binaryForm(), type);
        bytes(value.bytes(), value.from(), value.to(), column, out);
      }
      case SUPER -> throw new IllegalStateException("documents are written as such");
    }
  }

  /** Writes a JSON document, whose JSON has been checked, to a column that is SUPER. */
  public void document(byte[] bytes, int from, int to, RowEncoder out) throws RejectException {
    documents.write(bytes, from, to, out);
  }

  /** Writes bytes to a column that is VARBYTE. */
  void bytes(byte[] bytes, int from, int to, ColumnPlan column, RowEncoder out)
      throws RejectException {
    requireLength(to - from, column.type());
    if (from == to) {
      requireNotNullText(bytes, from, to, column);
    }
    out.bytes(bytes, from, to);
  }

  static void refuseNul(Token text) throws RejectException {
    for (int p = text.from(); p < text.to(); p++) {
      if (text.bytes()[p] == 0) {
        throw RejectException.of(RejectReason.NOT_LOADABLE, "the text has a NUL character");
      }
    }
  }

  private static void text(Token value, ColumnPlan column, RowEncoder out) throws RejectException {
    ColumnType type = column.type();
    switch (value.kind()) {
      case TRUE -> value.set(Kind.TEXT, Literals.TRUE, 0, Literals.TRUE.length);
      case FALSE -> value.set(Kind.TEXT, Literals.FALSE, 0, Literals.FALSE.length);
      case OBJECT, ARRAY ->
          throw RejectException.of(
              RejectReason.WRONG_TYPE, Shown.value(value) + " is not a text for " + type);
      case NULL, NUMBER, TEXT, ESCAPED -> {
        // As it stands in the record.
      }
    }
    requireLength(value.length(), type);
    if (type.kind() == ColumnType.Kind.CHAR) {
      requireAscii(value, type);
    }
    requireNotNullText(value.bytes(), value.from(), value.to(), column);
    out.text(value.bytes(), value.from(), value.to());
  }

  private static void requireLength(int length, ColumnType type) throws RejectException {
    if (length > type.length()) {
      throw RejectException.of(RejectReason.TOO_LONG, length + " bytes do not fit into " + type);
    }
  }

  /** CHAR takes single-byte characters only ("Character types" in Redshift's guide). */
  private static void requireAscii(Token value, ColumnType type) throws RejectException {
    for (int p = value.from(); p < value.to(); p++) {
      if (value.bytes()[p] < 0) {
        throw RejectException.of(
            RejectReason.NOT_LOADABLE, type + " takes single-byte characters only");
      }
    }
  }

  private static void requireNotNullText(byte[] bytes, int from, int to, ColumnPlan column)
      throws RejectException {
    byte[] nullText = column.nullText();
    if (nullText != null && nullText.length == to - from && Words.standsAt(bytes, from, nullText)) {
      throw RejectException.of(
          RejectReason.NOT_LOADABLE,
          nullText.length == 0
              ? "an empty text would be read as NULL"
              : "the text " + column.nullAs() + " would be read as NULL");
    }
  }

  private static boolean bool(Token value, ColumnType type) throws RejectException {
    if (value.kind() == Kind.TRUE || value.kind() == Kind.FALSE) {
      return value.kind() == Kind.TRUE;
    }
    Boolean word =
        (value.isText() || value.kind() == Kind.NUMBER)
            ? Literals.bool(value.bytes(), value.from(), value.to())
            : null;
    if (word == null) {
      throw RejectException.of(RejectReason.WRONG_TYPE, Shown.value(value) + " is not a " + type);
    }
    return word;
  }
}
