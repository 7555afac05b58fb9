package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Whether the columns of a file fit those of the table: by position, as many, and of types of the
 * same width, since COPY converts nothing. Source: "COPY from columnar data formats" of the
 * Redshift Database Developer Guide; the pairs of types are those of public reports of {@code
 * incompatible Parquet schema}, and of UNLOAD's own files.
 */
final class ParquetColumns {
  private ParquetColumns() {}

  /** Refuses a file that does not fit; with FILLRECORD it may have fewer columns. */
  static void check(MessageType schema, List<TargetColumn> columns, boolean fillRecord)
      throws ScanException {
    int count = schema.getFieldCount();
    if (count > columns.size() || (count < columns.size() && !fillRecord)) {
      throw ScanException.unmatched(columns.size(), count);
    }
    for (int i = 0; i < count; i++) {
      Type type = schema.getType(i);
      if (!fits(columns.get(i).type(), type)) {
        throw ScanException.incompatible(columns.get(i), shown(type, i));
      }
    }
  }

  private static boolean fits(ColumnType column, Type type) {
    if (column.kind() == ColumnType.Kind.SUPER) {
      return true;
    }
    return type.isPrimitive()
        && !type.isRepetition(Repetition.REPEATED)
        && fits(column, type.asPrimitiveType());
  }

  private static boolean fits(ColumnType column, PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    return switch (column.kind()) {
      case INT2 -> name == PrimitiveTypeName.INT32 && isInteger(annotation, 16, false);
      case INT4 -> name == PrimitiveTypeName.INT32 && isInteger(annotation, 32, true);
      case INT8 -> name == PrimitiveTypeName.INT64 && isInteger(annotation, 64, true);
      case FLOAT4 -> name == PrimitiveTypeName.FLOAT;
      case FLOAT8 -> name == PrimitiveTypeName.DOUBLE;
      case BOOL -> name == PrimitiveTypeName.BOOLEAN;
      case NUMERIC ->
          annotation instanceof DecimalLogicalTypeAnnotation decimal
              && decimal.getScale() == column.scale();
      case VARCHAR, CHAR ->
          name == PrimitiveTypeName.BINARY && !(annotation instanceof DecimalLogicalTypeAnnotation);
      case VARBYTE -> isBytes(name) && annotation == null;
      case DATE -> annotation instanceof DateLogicalTypeAnnotation;
      case TIMESTAMP, TIMESTAMPTZ ->
          name == PrimitiveTypeName.INT96 || annotation instanceof TimestampLogicalTypeAnnotation;
      case SUPER, OTHER -> false;
    };
  }

  private static boolean isBytes(PrimitiveTypeName name) {
    return name == PrimitiveTypeName.BINARY || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
  }

  /** Without an annotation a number has the width of its physical type. */
  private static boolean isInteger(LogicalTypeAnnotation annotation, int width, boolean plain) {
    return annotation == null
        ? plain
        : annotation instanceof IntLogicalTypeAnnotation number
            && (number.isSigned() ? number.getBitWidth() <= width : number.getBitWidth() < width);
  }

  /** A column as the error shows it: {@code optional int64 id [i:0 d:1 r:0]}. */
  private static String shown(Type type, int index) {
    boolean repeated = type.isRepetition(Repetition.REPEATED);
    int definition = type.isRepetition(Repetition.REQUIRED) ? 0 : 1;
    return "%s %s %s [i:%d d:%d r:%d]"
        .formatted(
            type.getRepetition().name().toLowerCase(Locale.ROOT),
            type.isPrimitive() ? physical(type.asPrimitiveType()) : shown(type.asGroupType()),
            type.getName(),
            index,
            definition,
            repeated ? 1 : 0);
  }

  private static String physical(PrimitiveType type) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        ? "byte_array"
        : type.getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
  }

  private static String shown(GroupType type) {
    return type.getFieldCount() > 0 ? "group" : "empty group";
  }
}
