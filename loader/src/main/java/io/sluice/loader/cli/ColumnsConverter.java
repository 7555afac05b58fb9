package io.sluice.loader.cli;

import io.sluice.common.manifest.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Columns as in DDL: {@code id bigint, price numeric(10,2)}. */
final class ColumnsConverter implements ITypeConverter<ColumnsConverter.Columns> {
  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*([A-Za-z_][A-Za-z0-9_$]{0,126})\\s+([A-Za-z][A-Za-z0-9_ ]*(\\([0-9, ]*\\))?[A-Za-z ]*)");

  /** Some columns; a type of its own, for an option of a list would be one for each argument. */
  record Columns(List<Column> columns) {
    Columns {
      columns = List.copyOf(columns);
    }
  }

  @Override
  public Columns convert(String text) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Matcher matcher = COLUMN.matcher(text);
    int next = 0;
    while (next <= text.length()) {
      matcher.region(next, text.length());
      if (!matcher.lookingAt() || !isEnd(text, matcher.end())) {
        throw new TypeConversionException(
            "'%s' is no list of columns: write 'id bigint, price numeric(10,2)'".formatted(text));
      }
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (!names.add(name)) {
        throw new TypeConversionException("the column " + name + " is named twice");
      }
      columns.add(new Column(name, matcher.group(2).strip()));
      next = matcher.end() + 1;
    }
    return new Columns(columns);
  }

  private static boolean isEnd(String text, int at) {
    return at == text.length() || text.charAt(at) == ',';
  }
}
