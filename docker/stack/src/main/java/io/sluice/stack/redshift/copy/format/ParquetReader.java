package io.sluice.stack.redshift.copy.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.parquet.BrokenParquetException;
import io.sluice.stack.redshift.copy.parquet.ParquetFile;
import io.sluice.stack.redshift.copy.parquet.ParquetRows;
import io.sluice.stack.redshift.copy.parquet.ParquetText;
import io.sluice.stack.redshift.copy.parquet.Spool;
import io.sluice.stack.redshift.copy.target.ColumnType.Kind;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads the rows of a Parquet file, whose columns are the table's by position. The file is read
 * whole before its first row, since what tells how to read it stands at its end. Source: "COPY from
 * columnar data formats" of the Redshift Database Developer Guide. Used by one thread.
 */
final class ParquetReader implements RowReader {
  /** The longest text inside a SUPER that comes from a columnar file. */
  private static final int LONGEST_IN_SUPER = 65_535;

  private final List<TargetColumn> columns;
  private final Spool spool;
  private final MessageType schema;
  private final ParquetRows rows;
  private final long size;
  private final Row row = new Row();
  private long lines;

  /**
   * Reads {@code in} to its end. With {@code fillRecord}, columns that the file has not are NULL.
   */
  ParquetReader(InputStream in, List<TargetColumn> columns, boolean fillRecord) throws IOException {
    this.columns = List.copyOf(columns);
    this.spool = Spool.of(in);
    try {
      ParquetFile file = new ParquetFile(spool);
      this.schema = file.schema();
      ParquetColumns.check(schema, columns, fillRecord);
      this.rows = new ParquetRows(file);
      this.size = spool.size();
    } catch (BrokenParquetException e) {
      spool.close();
      throw ScanException.broken(e);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException, LoadRefusal {
    row.clear();
    try {
      if (!rows.next()) {
        return false;
      }
      lines++;
      for (int i = 0; i < columns.size(); i++) {
        Object value = i < schema.getFieldCount() ? rows.value(i) : null;
        if (value == null) {
          row.appendNull();
        } else {
          append(columns.get(i), schema.getType(i), value);
        }
      }
      return true;
    } catch (BrokenParquetException e) {
      throw ScanException.broken(e);
    }
  }

  @Override
  public Row row() {
    return row;
  }

  @Override
  public long line() {
    return lines;
  }

  @Override
  public long lines() {
    return lines;
  }

  @Override
  public long bytes() {
    return size;
  }

  /** Empty: a row of a columnar file stands nowhere as one. */
  @Override
  public String rawLine() {
    return "";
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }

  private void append(TargetColumn column, Type type, Object value)
      throws IOException, LoadRefusal {
    Kind kind = column.type().kind();
    if (kind == Kind.SUPER) {
      row.append(Form.VALUE, json(type, value));
    } else if (column.type().isText() || kind == Kind.VARBYTE) {
      byte[] bytes = (byte[]) value;
      checkLength(column, bytes);
      row.append(kind == Kind.VARBYTE ? Form.BINARY : Form.VALUE, bytes, 0, bytes.length);
    } else {
      String text = text(type, value);
      row.append(Form.VALUE, kind == Kind.TIMESTAMPTZ ? text + "+00" : text);
    }
  }

  private static String text(Type type, Object value) throws BrokenParquetException {
    return ParquetText.of(type.asPrimitiveType(), value);
  }

  /** A text goes into SUPER as a text, unless the file says that it is JSON. */
  private static String json(Type type, Object value) throws LoadRefusal, BrokenParquetException {
    if (value instanceof JsonNode node) {
      checkTexts(node);
      return node.toString();
    }
    if (type.getLogicalTypeAnnotation() instanceof JsonLogicalTypeAnnotation) {
      return text(type, value);
    }
    JsonNode node = ParquetText.json(type.asPrimitiveType(), value);
    checkTexts(node);
    return node.toString();
  }

  private static void checkTexts(JsonNode node) throws LoadRefusal {
    if (node.isTextual()
        && node.textValue().getBytes(StandardCharsets.UTF_8).length > LONGEST_IN_SUPER) {
      throw LoadError.SUPER_STRING.refusal(LONGEST_IN_SUPER);
    }
    for (JsonNode part : node) {
      checkTexts(part);
    }
  }

  /** Blanks at the end of a CHAR do not count. */
  private static void checkLength(TargetColumn column, byte[] bytes) throws ScanException {
    int length = bytes.length;
    while (column.type().kind() == Kind.CHAR && length > 0 && bytes[length - 1] == ' ') {
      length--;
    }
    if (length > column.type().length()) {
      throw ScanException.tooLong(column, length);
    }
  }
}
