package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.operate.adoption.Adoption;
import io.sluice.loader.operate.adoption.Adoption.Source;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code --adopt} and what only goes with it. */
final class AdoptOptions {
  private static final String NULL = "\\N";

  @Option(
      names = "--adopt",
      required = true,
      description = {
        "First write a manifest log for the one --batch-folder, whose files something else has",
        "landed: a folder an interval, prefix-MILLIS with a _SUCCESS, as saveAsTextFiles does."
      })
  private boolean adopt;

  @Option(
      names = "--columns",
      paramLabel = "COLUMNS",
      converter = ColumnsConverter.class,
      description = {
        "The columns of the files in their order, as in DDL: 'id bigint, name varchar(64)';",
        "by default those of the table."
      })
  private ColumnsConverter.Columns columns;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = {
        "csv, delimited (escaped by a backslash) or json; by default ${DEFAULT-VALUE}.",
        "Files named .gz and .zst are unpacked."
      })
  private String format;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "Between fields; by default a comma in csv, | in delimited.")
  private String delimiter;

  @Option(
      names = "--null-as",
      paramLabel = "TEXT",
      description = "What stands for NULL in csv and delimited; by default \\N.")
  private String nullAs;

  /** The one folder that is adopted. */
  BatchFolder folder(Set<BatchFolder> folders, List<TableName> tables, CommandLine command) {
    if (!adopt || folders.size() != 1 || tables.size() != 1) {
      throw new ParameterException(
          command, "--adopt takes one --batch-folder and one --table: its intervals are of one");
    }
    return folders.iterator().next();
  }

  Adoption adoption(
      BackfillParts parts, ObjectStore store, BatchFolder folder, CommandLine command) {
    TableName table = parts.sources().get(0);
    List<Column> known = columns == null ? parts.warehouse().columns(table) : columns.columns();
    return new Adoption(
        store,
        parts.folders(),
        folder,
        new Source(table, known, fileFormat(command)),
        ProcessName.get(),
        Clock.systemUTC(),
        new SecureRandom());
  }

  private FileFormat fileFormat(CommandLine command) {
    Format kind = kind(command);
    if (!kind.hasDelimiter() && (delimiter != null || nullAs != null)) {
      throw new ParameterException(
          command, "--delimiter and --null-as are for csv and delimited, not for " + format);
    }
    if (!kind.hasDelimiter()) {
      return new FileFormat(kind, Compression.NONE, null, null);
    }
    String usual = kind == Format.CSV ? "," : "|";
    String between = delimiter == null ? usual : delimiter.replace("\\t", "\t");
    if (between.length() != 1) {
      throw new ParameterException(command, "--delimiter: '" + delimiter + "' is no character");
    }
    return new FileFormat(kind, Compression.NONE, between, nullAs == null ? NULL : nullAs);
  }

  private Format kind(CommandLine command) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "csv" -> Format.CSV;
      case "delimited" -> Format.DELIMITED;
      case "json" -> Format.JSON;
      default ->
          throw new ParameterException(
              command, "--format: '" + format + "' cannot be adopted: use csv, delimited or json");
    };
  }
}
