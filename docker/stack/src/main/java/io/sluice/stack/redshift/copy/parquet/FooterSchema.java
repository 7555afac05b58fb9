package io.sluice.stack.redshift.copy.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The schema of a footer, which lists its elements depth first, as a tree. */
final class FooterSchema {
  private static final int DEEPEST = 100;

  private final List<SchemaElement> elements;
  private int position;

  private FooterSchema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /**
   * The tree of these elements. What is wrong with them beyond their number comes as the exceptions
   * of {@link Types}.
   */
  static MessageType of(List<SchemaElement> elements) throws BrokenParquetException {
    FooterSchema schema = new FooterSchema(elements);
    SchemaElement root = schema.next();
    return new MessageType(root.getName(), schema.children(root, 0));
  }

  private SchemaElement next() throws BrokenParquetException {
    if (position == elements.size()) {
      throw new BrokenParquetException("the schema ends too early");
    }
    return elements.get(position++);
  }

  private List<Type> children(SchemaElement parent, int depth) throws BrokenParquetException {
    if (depth > DEEPEST) {
      throw new BrokenParquetException("the schema is nested too deeply");
    }
    List<Type> children = new ArrayList<>();
    for (int i = 0; i < parent.getNum_children(); i++) {
      SchemaElement element = next();
      children.add(element.isSetType() ? primitive(element) : group(element, depth));
    }
    return children;
  }

  private Type group(SchemaElement element, int depth) throws BrokenParquetException {
    GroupType group =
        new GroupType(repetition(element), element.getName(), children(element, depth + 1));
    boolean annotated = element.isSetLogicalType() || element.isSetConverted_type();
    return annotated
        ? Types.buildGroup(group.getRepetition())
            .addFields(group.getFields().toArray(Type[]::new))
            .as(annotation(element))
            .named(group.getName())
        : group;
  }

  private static PrimitiveType primitive(SchemaElement element) throws BrokenParquetException {
    PrimitiveTypeName type =
        switch (element.getType()) {
          case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
          case INT32 -> PrimitiveTypeName.INT32;
          case INT64 -> PrimitiveTypeName.INT64;
          case INT96 -> PrimitiveTypeName.INT96;
          case FLOAT -> PrimitiveTypeName.FLOAT;
          case DOUBLE -> PrimitiveTypeName.DOUBLE;
          case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
          case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        };
    Types.PrimitiveBuilder<PrimitiveType> builder = Types.primitive(type, repetition(element));
    if (element.isSetType_length()) {
      builder.length(element.getType_length());
    }
    return builder.as(annotation(element)).named(element.getName());
  }

  private static Repetition repetition(SchemaElement element) throws BrokenParquetException {
    if (!element.isSetRepetition_type()) {
      throw new BrokenParquetException("a column is neither required nor optional");
    }
    return Repetition.valueOf(element.getRepetition_type().name());
  }

  /** The newer way to say it is preferred to the older; null if neither says anything. */
  private static LogicalTypeAnnotation annotation(SchemaElement element) {
    LogicalTypeAnnotation logical =
        element.isSetLogicalType() ? annotation(element.getLogicalType()) : null;
    if (logical != null || !element.isSetConverted_type()) {
      return logical;
    }
    return converted(element);
  }

  private static LogicalTypeAnnotation converted(SchemaElement element) {
    return switch (element.getConverted_type()) {
      case UTF8 -> LogicalTypeAnnotation.stringType();
      case MAP, MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
      case LIST -> LogicalTypeAnnotation.listType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
      case DATE -> LogicalTypeAnnotation.dateType();
      case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
      case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
      case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
      case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
      case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
      case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
      case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
      case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
      case INT_8 -> LogicalTypeAnnotation.intType(8, true);
      case INT_16 -> LogicalTypeAnnotation.intType(16, true);
      case INT_32 -> LogicalTypeAnnotation.intType(32, true);
      case INT_64 -> LogicalTypeAnnotation.intType(64, true);
      case JSON -> LogicalTypeAnnotation.jsonType();
      case BSON -> LogicalTypeAnnotation.bsonType();
      case INTERVAL -> null;
    };
  }

  private static LogicalTypeAnnotation annotation(LogicalType type) {
    return switch (type.getSetField()) {
      case STRING -> LogicalTypeAnnotation.stringType();
      case MAP -> LogicalTypeAnnotation.mapType();
      case LIST -> LogicalTypeAnnotation.listType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case DECIMAL ->
          LogicalTypeAnnotation.decimalType(
              type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
      case DATE -> LogicalTypeAnnotation.dateType();
      case TIME ->
          LogicalTypeAnnotation.timeType(
              type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
      case TIMESTAMP ->
          LogicalTypeAnnotation.timestampType(
              type.getTIMESTAMP().isIsAdjustedToUTC(), unit(type.getTIMESTAMP().getUnit()));
      case INTEGER ->
          LogicalTypeAnnotation.intType(
              type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
      case JSON -> LogicalTypeAnnotation.jsonType();
      case BSON -> LogicalTypeAnnotation.bsonType();
      case UUID -> LogicalTypeAnnotation.uuidType();
      case FLOAT16 -> LogicalTypeAnnotation.float16Type();
      case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> null;
    };
  }

  private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
    return switch (unit.getSetField()) {
      case MILLIS -> TimeUnit.MILLIS;
      case MICROS -> TimeUnit.MICROS;
      case NANOS -> TimeUnit.NANOS;
    };
  }
}
