package io.sluice.writer.map.table;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how the files of a table are written. */
final class FormatSettings {
  private static final int MAX_ZSTD = 19;
  private static final int MAX_DEFLATE = 9;

  private FormatSettings() {}

  /** The format, or null when its settings are wrong. */
  static FileFormat format(Settings settings) {
    Format format = settings.oneOf("format", Format.class, Format.CSV);
    if (format == null) {
      format = Format.CSV;
    }
    Compression compression = settings.oneOf("compression", Compression.class, usual(format));
    if (compression != null && !allowed(format).contains(compression)) {
      settings.problem(
          "compression",
          label(compression),
          "with " + label(format) + " use one of " + labels(allowed(format)));
    }
    Optional<String> delimiter = settings.optionalText("delimiter");
    Optional<String> nullAs = settings.optionalText("null-as");
    if (!format.hasDelimiter()) {
      String problem = "is of the formats csv and delimited only";
      delimiter.ifPresent(text -> settings.problem("delimiter", text, problem));
      nullAs.ifPresent(text -> settings.problem("null-as", text, problem));
      return compression == null ? null : new FileFormat(format, compression, null, null);
    }
    delimiter.ifPresent(text -> requireDelimiter(settings, text));
    nullAs.ifPresent(text -> requireNullAs(settings, text));
    String usualDelimiter = format == Format.CSV ? "," : "|";
    return compression == null
        ? null
        : new FileFormat(
            format, compression, delimiter.orElse(usualDelimiter), nullAs.orElse("\\N"));
  }

  /** 0 for the codec's own default. */
  static int compressionLevel(Settings settings, FileFormat format) {
    Compression compression = format == null ? Compression.ZSTD : format.compression();
    int max =
        switch (compression) {
          case ZSTD -> MAX_ZSTD;
          case GZIP, DEFLATE -> MAX_DEFLATE;
          case NONE, SNAPPY -> 0;
        };
    return (int) settings.number("compression-level", 0, 0, max);
  }

  private static Compression usual(Format format) {
    return format == Format.AVRO ? Compression.DEFLATE : Compression.ZSTD;
  }

  private static Set<Compression> allowed(Format format) {
    return switch (format) {
      case CSV, DELIMITED, JSON -> Set.of(Compression.NONE, Compression.GZIP, Compression.ZSTD);
      case AVRO -> Set.of(Compression.NONE, Compression.DEFLATE, Compression.SNAPPY);
      case PARQUET ->
          Set.of(Compression.NONE, Compression.GZIP, Compression.ZSTD, Compression.SNAPPY);
    };
  }

  /** Nothing that stands in numbers, times and words, nor means something to COPY. */
  private static void requireDelimiter(Settings settings, String text) {
    char c = text.length() == 1 ? text.charAt(0) : '\0';
    boolean fits = c == '\t' || (c >= 1 && c < 127 && !Character.isLetterOrDigit(c));
    if (!fits || "\"\\\n\r.+-:_ '".indexOf(c) >= 0) {
      settings.problem(
          "delimiter",
          text,
          "must be one ASCII character such as , | ; or a tab, no letter, digit, space, quote,"
              + " backslash, line end, nor one of . + - : _");
    }
  }

  /** Numbers, times and words of other types must not be taken for NULL, nor the end of a row. */
  private static void requireNullAs(Settings settings, String text) {
    boolean fits =
        text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != ',' && c != '|')
            && !text.matches("[-+.0-9].*")
            && !text.matches("(?i)t|f|true|false|[0-9a-f]+");
    if (!fits) {
      settings.problem(
          "null-as",
          text,
          "must be a text that no number, time, boolean or hexadecimal value is, such as \\N or NULL,"
              + " without quotes, commas and bars");
    }
  }

  private static String labels(Set<Compression> compressions) {
    return compressions.stream()
        .sorted()
        .map(FormatSettings::label)
        .collect(Collectors.joining(", "));
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
