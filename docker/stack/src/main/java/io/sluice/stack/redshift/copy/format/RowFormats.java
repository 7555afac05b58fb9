package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Encoding;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.copy.target.TargetColumn;
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
          case AVRO, PARQUET, ORC, FIXEDWIDTH, SHAPEFILE ->
              throw new IllegalArgumentException(
                  "the parser lets no " + options.format() + " pass");
        };
    return options.encoding() == Encoding.UTF8
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

  private static RowFormat json(CopyOptions options, List<TargetColumn> columns, FieldPaths paths) {
    return file -> {
      JsonReader reader = new JsonReader(file, new JsonRow(paths, columns));
      reader.skipLines(options.ignoredHeaderLines());
      return reader;
    };
  }
}
