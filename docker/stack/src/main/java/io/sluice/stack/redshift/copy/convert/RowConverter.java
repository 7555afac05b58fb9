package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.LoadRefusal.Code;
import io.sluice.stack.redshift.copy.format.CsvReader;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Turns rows of a file into rows of the target: what is NULL, what is empty, what is missing, and
 * the values.
 */
public final class RowConverter {
  private final List<TargetColumn> columns;
  private final FieldConverter[] converters;
  private final CopyOptions options;
  private final byte[] nullText;
  private int column;

  /** Converts rows that fill {@code columns} in this order. */
  public RowConverter(List<TargetColumn> columns, CopyOptions options) {
    this.columns = List.copyOf(columns);
    this.converters =
        columns.stream().map(c -> Converters.of(c.type(), options)).toArray(FieldConverter[]::new);
    this.options = options;
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Appends the reader's row.
   *
   * @throws LoadRefusal if the row does not load; {@code out} is then as before and {@link
   *     #column()} tells where
   */
  public void convert(CsvReader row, CopyText out) throws LoadRefusal {
    int start = out.length();
    column = 0;
    try {
      for (; column < converters.length; column++) {
        if (column > 0) {
          out.raw('\t');
        }
        field(row, out);
      }
      if (row.fields() > converters.length) {
        column = converters.length - 1;
        throw new LoadRefusal(Code.EXTRA_COLUMNS, "Extra column(s) found");
      }
      out.raw('\n');
    } catch (LoadRefusal e) {
      out.truncate(start);
      throw e;
    }
  }

  /** The index of the column at which the last row was refused. */
  public int column() {
    return column;
  }

  private void field(CsvReader row, CopyText out) throws LoadRefusal {
    TargetColumn target = columns.get(column);
    if (column >= row.fields()) {
      missing(target, out);
      return;
    }
    int from = row.start(column);
    int to = row.end(column);
    if (isNull(row, target, from, to)) {
      nullValue(target, out);
    } else if (from < to) {
      converters[column].convert(row.row(), from, to, out);
    }
  }

  private boolean isNull(CsvReader row, TargetColumn target, int from, int to) {
    if (!row.isQuoted(column) && Arrays.equals(row.row(), from, to, nullText, 0, nullText.length)) {
      return true;
    }
    if (from == to) {
      return !target.type().isText() || options.has(Flag.EMPTYASNULL);
    }
    // Blank fields of the other types are always NULL ("Data conversion parameters", BLANKSASNULL).
    return (!target.type().isText() || options.has(Flag.BLANKSASNULL))
        && isBlank(row.row(), from, to);
  }

  private void missing(TargetColumn target, CopyText out) throws LoadRefusal {
    if (!options.has(Flag.FILLRECORD)) {
      throw new LoadRefusal(Code.DELIMITER, "Delimiter not found");
    }
    if (target.type().kind() != ColumnType.Kind.VARCHAR) {
      nullValue(target, out);
    }
  }

  private static void nullValue(TargetColumn target, CopyText out) throws LoadRefusal {
    if (target.notNull()) {
      throw new LoadRefusal(Code.NOT_NULL, "Missing data for not-null field");
    }
    out.nullValue();
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
