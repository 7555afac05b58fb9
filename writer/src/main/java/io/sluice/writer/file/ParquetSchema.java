package io.sluice.writer.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.Types.optional;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.TableLayout;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The schema of a table's Parquet files: types of the columns' own width, for COPY converts none.
 * Times are microseconds in UTC with and without a zone alike: only so they have the older
 * annotation, too, that readers may look for. See "COPY from columnar data formats" in the Amazon
 * Redshift Database Developer Guide.
 */
final class ParquetSchema {
  private static final int LONG_DIGITS = 18;

  /** What 38 digits take. */
  static final int DECIMAL_BYTES = 16;

  private ParquetSchema() {}

  static MessageType of(TableLayout table) {
    List<Type> columns =
        table.columns().stream()
            .map(column -> type(column.type(), column.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new MessageType("row", columns);
  }

  /** Whether a decimal is kept in eight bytes. */
  static boolean isLong(ColumnType decimal) {
    return decimal.length() <= LONG_DIGITS;
  }

  private static Type type(ColumnType type, String name) {
    return switch (type.kind()) {
      case SMALLINT -> optional(PrimitiveTypeName.INT32).as(intType(16, true)).named(name);
      case INTEGER -> optional(PrimitiveTypeName.INT32).named(name);
      case BIGINT -> optional(PrimitiveTypeName.INT64).named(name);
      case DECIMAL -> decimal(type, name);
      case REAL -> optional(PrimitiveTypeName.FLOAT).named(name);
      case DOUBLE -> optional(PrimitiveTypeName.DOUBLE).named(name);
      case BOOLEAN -> optional(PrimitiveTypeName.BOOLEAN).named(name);
      case CHAR, VARCHAR -> optional(PrimitiveTypeName.BINARY).as(stringType()).named(name);
      case DATE -> optional(PrimitiveTypeName.INT32).as(dateType()).named(name);
      case TIMESTAMP, TIMESTAMPTZ ->
          optional(PrimitiveTypeName.INT64).as(timestampType(true, MICROS)).named(name);
      case SUPER -> optional(PrimitiveTypeName.BINARY).as(jsonType()).named(name);
      case VARBYTE -> optional(PrimitiveTypeName.BINARY).named(name);
    };
  }

  private static Type decimal(ColumnType type, String name) {
    return isLong(type)
        ? optional(PrimitiveTypeName.INT64).as(decimalType(type.scale(), type.length())).named(name)
        : optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
            .length(DECIMAL_BYTES)
            .as(decimalType(type.scale(), type.length()))
            .named(name);
  }
}
