package io.sluice.loader.cli;

import io.sluice.loader.operate.LogRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of manifests: {@code 7}, {@code 7..12} with both ends, {@code 7..} up to the last. */
final class LogRangeConverter implements ITypeConverter<LogRange> {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(\\.\\.([0-9]{1,18})?)?");

  @Override
  public LogRange convert(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new TypeConversionException("'" + text + "' is no range: use 7, 7..12 or 7..");
    }
    long first = Long.parseLong(range.group(1));
    long last = first;
    if (range.group(2) != null) {
      last = range.group(3) == null ? Long.MAX_VALUE : Long.parseLong(range.group(3));
    }
    if (first < 1 || last < first) {
      throw new TypeConversionException(
          "'" + text + "' has no manifests: they are numbered from 1, the lower end comes first");
    }
    return new LogRange(first, last);
  }
}
