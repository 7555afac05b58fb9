package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Encoding;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.target.ColumnType.Kind;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.wire.ServerError;
import java.util.List;

/** The one place that knows which reader a statement's format has. */
public final class RowFormats {
  private RowFormats() {}

  /**
   * The format of a COPY that fills {@code columns}.
   *
   * @param objects where the format finds files of its own, such as a JSONPaths file
   * @throws CopyFailure if such a file is missing or wrong
   */
  public static RowFormat of(CopyOptions options, List<TargetColumn> columns, CopyObjects objects)
      throws CopyFailure {
    RowFormat format =
        switch (options.format()) {
          case CSV -> csv(options);
          case DELIMITED -> delimited(options);
          case JSON -> json(options, columns, FieldPaths.of(options, columns, objects));
          case AVRO -> avro(columns, FieldPaths.of(options, columns, objects));
          case PARQUET -> parquet(options, columns);
          case ORC, FIXEDWIDTH, SHAPEFILE ->
              throw new IllegalArgumentException(
                  "the parser lets no " + options.format() + " pass");
        };
    // The texts of Avro are UTF-8 whatever ENCODING says.
    return options.encoding() == Encoding.UTF8 || options.format() == Format.AVRO
        ? format
        : file -> format.open(new Utf16Stream(file, options.encoding()));
  }

  private static RowFormat csv(CopyOptions options) {
    return file -> {
      CsvReader reader = new CsvReader(file, options.delimiter().charAt(0), options.quote());
      reader.skipLines(options.ignoredHeaderLines());
      return reader;
    };
  }

  private static RowFormat delimited(CopyOptions options) {
    return file -> {
      DelimitedReader reader = new DelimitedReader(file, options);
      reader.skipLines(options.ignoredHeaderLines());
      return reader;
    };
  }

  private static RowFormat parquet(CopyOptions options, List<TargetColumn> columns)
      throws CopyFailure {
    boolean anySuper = columns.stream().anyMatch(c -> c.type().kind() == Kind.SUPER);
    if (anySuper && !options.has(Flag.SERIALIZETOJSON)) {
      throw new CopyFailure(
          ServerError.error("0A000", "SUPER column in COPY query requires SERIALIZETOJSON option"));
    }
    return file -> new ParquetReader(file, columns, options.has(Flag.FILLRECORD));
  }

  private static RowFormat avro(List<TargetColumn> columns, FieldPaths paths) {
    return file -> new AvroReader(file, paths, columns);
  }

  private static RowFormat json(CopyOptions options, List<TargetColumn> columns, FieldPaths paths) {
    return file -> {
      JsonReader reader = new JsonReader(file, new JsonRow(paths, columns));
      reader.skipLines(options.ignoredHeaderLines());
      return reader;
    };
  }
}
