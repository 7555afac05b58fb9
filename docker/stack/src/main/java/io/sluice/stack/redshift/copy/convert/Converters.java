package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.target.ColumnType;
import java.math.RoundingMode;

/** Which converter a column gets. */
final class Converters {
  private Converters() {}

  static FieldConverter of(ColumnType type, CopyOptions options) {
    boolean truncates = options.has(Flag.TRUNCATECOLUMNS);
    return switch (type.kind()) {
      case INT2 -> new IntegerConverter("Short", Short.MIN_VALUE, Short.MAX_VALUE);
      case INT4 -> new IntegerConverter("Integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT8 -> new IntegerConverter("Long", Long.MIN_VALUE, Long.MAX_VALUE);
      case NUMERIC -> new DecimalConverter(type.length(), type.scale(), rounding(options));
      case FLOAT4 -> new FloatConverter("Float", true);
      case FLOAT8 -> new FloatConverter("Double", false);
      case BOOL -> new BooleanConverter();
      case VARCHAR ->
          new TextConverter(
              type.length(),
              truncates,
              options.has(Flag.TRIMBLANKS),
              options.replacement().orElse(null));
      case CHAR -> new CharConverter(type.length(), truncates);
      case DATE -> TemporalConverter.date(options.dateFormat());
      case TIMESTAMP -> TemporalConverter.timestamp(options.timeFormat());
      case TIMESTAMPTZ -> TemporalConverter.timestamptz(options.timeFormat());
      case SUPER -> new SuperConverter();
      case VARBYTE -> new HexConverter(type.length());
      case OTHER ->
          throw new IllegalArgumentException(
              "no COPY into a column of a type that Redshift has not");
    };
  }

  private static RoundingMode rounding(CopyOptions options) {
    return options.has(Flag.ROUNDEC) ? RoundingMode.HALF_UP : RoundingMode.DOWN;
  }
}
