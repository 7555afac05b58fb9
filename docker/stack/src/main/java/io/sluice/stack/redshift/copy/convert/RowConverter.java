package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.grammar.CopyOptions;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Format;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Turns rows of a file into rows of the target: what is NULL, what is empty, what is missing, and
 * the values.
 */
public final class RowConverter {
  private final TargetColumn[] columns;
  private final FieldConverter[] converters;
  private final boolean fillRecord;
  private final boolean emptyAsNull;
  private final boolean blanksAsNull;
  private final boolean acceptAnyDate;
  private final boolean takesLastDelimiter;
  private final byte[] nullText;
  private int column;

  /** Converts rows that fill {@code columns} in this order. */
  public RowConverter(List<TargetColumn> columns, CopyOptions options) {
    this.columns = columns.toArray(TargetColumn[]::new);
    this.converters =
        columns.stream().map(c -> Converters.of(c.type(), options)).toArray(FieldConverter[]::new);
    this.fillRecord = options.has(Flag.FILLRECORD);
    this.emptyAsNull = options.has(Flag.EMPTYASNULL);
    this.blanksAsNull = options.has(Flag.BLANKSASNULL);
    this.acceptAnyDate = options.has(Flag.ACCEPTANYDATE);
    this.takesLastDelimiter = options.format() == Format.DELIMITED;
    this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Appends a row of a file.
   *
   * @throws LoadRefusal if the row does not load; {@code out} is then as before and {@link
   *     #column()} tells where
   */
  public void convert(Row row, CopyText out) throws LoadRefusal {
    int start = out.length();
    column = 0;
    try {
      for (; column < converters.length; column++) {
        if (column > 0) {
          out.raw('\t');
        }
        field(row, out);
      }
      if (row.fields() > converters.length && !endsWithDelimiter(row)) {
        column = converters.length - 1;
        throw LoadError.EXTRA_COLUMNS.refusal();
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

  /** Delimited lines may close their last field with a delimiter, too. */
  private boolean endsWithDelimiter(Row row) {
    int last = row.fields() - 1;
    return takesLastDelimiter
        && last == converters.length
        && row.start(last) == row.end(last)
        && row.form(last) == Form.TEXT;
  }

  private void field(Row row, CopyText out) throws LoadRefusal {
    TargetColumn target = columns[column];
    if (column >= row.fields()) {
      missing(target, out);
      return;
    }
    int from = row.start(column);
    int to = row.end(column);
    Form form = row.form(column);
    if (form == Form.BINARY) {
      converters[column].convertBinary(row.bytes(), from, to, out);
    } else if (isNull(row.bytes(), from, to, form, target)) {
      nullValue(target, out);
    } else if (from < to) {
      convert(row.bytes(), from, to, target, out);
    }
  }

  /** With ACCEPTANYDATE, what is no date in the format that was told becomes NULL. */
  private void convert(byte[] bytes, int from, int to, TargetColumn target, CopyText out)
      throws LoadRefusal {
    int start = out.length();
    try {
      converters[column].convert(bytes, from, to, out);
    } catch (LoadRefusal e) {
      if (!acceptAnyDate || !target.type().isTemporal()) {
        throw e;
      }
      out.truncate(start);
      nullValue(target, out);
    }
  }

  private boolean isNull(byte[] bytes, int from, int to, Form form, TargetColumn target) {
    boolean text = target.type().isText();
    if (form == Form.NULL || form == Form.VALUE) {
      return form == Form.NULL || (from == to && !text);
    }
    if (form == Form.TEXT && Arrays.equals(bytes, from, to, nullText, 0, nullText.length)) {
      return true;
    }
    if (from == to) {
      return !text || emptyAsNull;
    }
    // Blank fields of the other types are always NULL ("Data conversion parameters", BLANKSASNULL).
    return (!text || blanksAsNull) && bytes[from] <= ' ' && isBlank(bytes, from, to);
  }

  private void missing(TargetColumn target, CopyText out) throws LoadRefusal {
    if (!fillRecord) {
      throw LoadError.DELIMITER_NOT_FOUND.refusal();
    }
    if (target.type().kind() != ColumnType.Kind.VARCHAR || emptyAsNull) {
      nullValue(target, out);
    }
  }

  private static void nullValue(TargetColumn target, CopyText out) throws LoadRefusal {
    if (target.notNull()) {
      throw LoadError.NOT_NULL.refusal();
    }
    out.nullValue();
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isBlank(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
