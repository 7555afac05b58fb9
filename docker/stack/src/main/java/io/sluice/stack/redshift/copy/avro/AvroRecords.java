package io.sluice.stack.redshift.copy.avro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/**
 * The records of a file as JSON, which is how COPY shows a value of several parts; an enum is its
 * symbol. Source: AVRO in "Data format parameters" of the Redshift Database Developer Guide. Of the
 * rest it says nothing: logical types are their base types here, a union is the value of its
 * branch, and bytes are a text of one character each, as Avro's own JSON has them. Broken UTF-8
 * stays as it is. Used by one thread.
 */
public final class AvroRecords {
  /** Redshift's limit of a row. */
  private static final int LARGEST_ROW = 4 << 20;

  /** Deeper than any SUPER may be nested. */
  private static final int DEEPEST = 1000;

  private final AvroFile file;
  private final Predicate<String> wanted;
  private final JsonBytes json = new JsonBytes();
  private long items;

  /** Reads {@code file}; of its fields only those with a wanted name are kept. */
  public AvroRecords(AvroFile file, Predicate<String> wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /**
   * Moves to the next record; false at the end of the file.
   *
   * @throws BrokenAvroException if the file cannot be read any further
   */
  public boolean next() throws IOException {
    json.clear();
    items = 0;
    if (!file.next()) {
      return false;
    }
    boolean first = true;
    json.raw('{');
    for (Field field : file.schema().getFields()) {
      if (!wanted.test(field.name())) {
        json.mute();
        value(field.schema(), 1);
        json.unmute();
        continue;
      }
      if (!first) {
        json.raw(',');
      }
      first = false;
      name(field.name());
      value(field.schema(), 1);
    }
    json.raw('}');
    return true;
  }

  /** The JSON of the record, {@link #length()} bytes of it; valid until the next one. */
  public byte[] bytes() {
    return json.bytes();
  }

  /** The length of the JSON. */
  public int length() {
    return json.length();
  }

  private void value(Schema schema, int depth) throws BrokenAvroException {
    if (depth > DEEPEST || json.length() > LARGEST_ROW) {
      throw new BrokenAvroException("A record is larger than 4 MB or nested too deeply.");
    }
    AvroBlock in = file.block();
    switch (schema.getType()) {
      case NULL -> json.raw("null");
      case BOOLEAN -> json.raw(in.readBoolean() ? "true" : "false");
      case INT, LONG -> json.raw(Long.toString(in.readLong()));
      case FLOAT -> real(Float.toString(in.readFloat()));
      case DOUBLE -> real(Double.toString(in.readDouble()));
      case STRING -> string();
      case BYTES -> binary(in.skipSized());
      case FIXED -> {
        in.skip(schema.getFixedSize());
        binary(schema.getFixedSize());
      }
      case ENUM -> symbol(schema.getEnumSymbols(), in.readLong());
      case UNION -> value(branch(schema, in.readLong()), depth + 1);
      case RECORD -> members(schema, depth);
      case ARRAY -> elements(schema, '[', ']', depth);
      case MAP -> elements(schema, '{', '}', depth);
    }
  }

  private void members(Schema schema, int depth) throws BrokenAvroException {
    json.raw('{');
    boolean first = true;
    for (Field field : schema.getFields()) {
      if (!first) {
        json.raw(',');
      }
      first = false;
      name(field.name());
      value(field.schema(), depth + 1);
    }
    json.raw('}');
  }

  /** An array or a map, in pieces of as many elements as stand in front of each. */
  private void elements(Schema schema, char open, char close, int depth)
      throws BrokenAvroException {
    json.raw(open);
    boolean first = true;
    for (long left = pieceLength(); left != 0; left = pieceLength()) {
      for (; left > 0; left--) {
        if (!first) {
          json.raw(',');
        }
        first = false;
        if (schema.getType() == Schema.Type.MAP) {
          string();
          json.raw(':');
          value(schema.getValueType(), depth + 1);
        } else {
          value(schema.getElementType(), depth + 1);
        }
      }
    }
    json.raw(close);
  }

  /** Elements may take no byte at all, so their number is bounded by what a row can hold. */
  private long pieceLength() throws BrokenAvroException {
    AvroBlock in = file.block();
    long count = in.readLong();
    if (count < 0) {
      in.readLong();
      count = -count;
    }
    items += Math.min(Math.max(count, 0), LARGEST_ROW + 1L);
    if (count < 0 || items > LARGEST_ROW) {
      throw new BrokenAvroException("A record is larger than 4 MB or nested too deeply.");
    }
    return count;
  }

  private static Schema branch(Schema union, long index) throws BrokenAvroException {
    if (index < 0 || index >= union.getTypes().size()) {
      throw new BrokenAvroException("A union has no branch " + index + ".");
    }
    return union.getTypes().get((int) index);
  }

  /** JSON has no number for what is none: it is a text, which a column of floats takes. */
  private void real(String text) {
    boolean number = Character.isDigit(text.charAt(text.length() - 1));
    json.raw(number ? text : '"' + text + '"');
  }

  private void string() throws BrokenAvroException {
    AvroBlock in = file.block();
    int length = in.skipSized();
    json.text(in.bytes(), in.position() - length, in.position());
  }

  private void binary(int length) {
    AvroBlock in = file.block();
    String text =
        new String(in.bytes(), in.position() - length, length, StandardCharsets.ISO_8859_1);
    json.text(text);
  }

  private void symbol(List<String> symbols, long index) throws BrokenAvroException {
    if (index < 0 || index >= symbols.size()) {
      throw new BrokenAvroException("An enum has no symbol " + index + ".");
    }
    json.text(symbols.get((int) index));
  }

  private void name(String name) {
    json.text(name);
    json.raw(':');
  }
}
