package io.sluice.writer.encode;

import io.sluice.writer.encode.TableLayout.LayoutColumn;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The schema of a table's Avro files. COPY loads logical types as their base types, so what has no
 * base type of its own (decimals, dates, times, bytes) is written as the text that COPY reads.
 */
public final class AvroSchema {
  private AvroSchema() {}

  /** The schema as JSON: a record whose fields are the columns, each of which may be null. */
  public static String of(TableLayout table) {
    return table.columns().stream()
        .map(AvroSchema::field)
        .collect(
            Collectors.joining(
                ",",
                "{\"type\":\"record\",\"name\":\"row\",\"namespace\":\"io.sluice\",\"fields\":[",
                "]}"));
  }

  private static String field(LayoutColumn column) {
    return "{\"name\":\"%s\",\"type\":[\"null\",\"%s\"]}"
        .formatted(column.name().toLowerCase(Locale.ROOT), base(column.type().kind()));
  }

  private static String base(ColumnType.Kind kind) {
    return switch (kind) {
      case SMALLINT, INTEGER -> "int";
      case BIGINT -> "long";
      case REAL -> "float";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case CHAR, VARCHAR, DECIMAL, DATE, TIMESTAMP, TIMESTAMPTZ, VARBYTE -> "string";
      case SUPER -> throw new IllegalArgumentException("a text of Avro is no document of SUPER");
    };
  }
}
