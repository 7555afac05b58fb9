package io.sluice.stack.redshift.copy.parquet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The rows of a file, one after another, a page of each column in memory. A value is boxed, or an
 * array of bytes, or JSON if it has several parts. Used by one thread.
 */
public final class ParquetRows {
  private final ParquetFile file;
  private final Object[] values;
  private final RecordMaterializer<Object[]> materializer = new Materializer();
  private final GroupConverter root;
  private final MessageColumnIO columns;
  private RecordReader<Object[]> records;
  private int nextGroup;
  private long rowsLeft;

  /**
   * Reads {@code file} from its first row.
   *
   * @throws BrokenParquetException if the schema makes no sense
   */
  public ParquetRows(ParquetFile file) throws BrokenParquetException {
    this.file = file;
    this.values = new Object[file.schema().getFieldCount()];
    this.root = new RootConverter();
    try {
      this.columns = new ColumnIOFactory(file.createdBy()).getColumnIO(file.schema());
    } catch (RuntimeException e) {
      throw new BrokenParquetException("the schema is not valid: " + e.getMessage(), e);
    }
  }

  /**
   * Moves to the next row; false at the end of the file.
   *
   * @throws BrokenParquetException if the file cannot be read any further
   */
  public boolean next() throws IOException {
    try {
      while (rowsLeft == 0) {
        if (nextGroup == file.rowGroups()) {
          return false;
        }
        open(nextGroup++);
      }
      rowsLeft--;
      records.read();
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      // Damaged pages make decoders fail in every way. A forged count asks for more memory than
      // there is in one piece, which harms nobody: nothing was allocated.
      throw new BrokenParquetException("a page cannot be decoded", e);
    }
  }

  /** The value of a column in the current row; null for NULL. */
  public Object value(int column) {
    return values[column];
  }

  /** Where the pages of an empty group would stand is anyone's guess. */
  private void open(int group) throws BrokenParquetException {
    rowsLeft = file.rows(group);
    if (rowsLeft < 0) {
      throw new BrokenParquetException("a row group has fewer rows than none");
    }
    if (rowsLeft > 0) {
      records = columns.getRecordReader(file.rowGroup(group), materializer);
    }
  }

  private final class Materializer extends RecordMaterializer<Object[]> {
    @Override
    public Object[] getCurrentRecord() {
      return values;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }

  private final class RootConverter extends GroupConverter {
    private final Converter[] converters = new Converter[values.length];

    RootConverter() {
      for (int i = 0; i < converters.length; i++) {
        Type type = file.schema().getType(i);
        int column = i;
        if (type.isRepetition(Repetition.REPEATED)) {
          converters[i] = JsonConverter.of(type, value -> ((ArrayNode) values[column]).add(value));
        } else if (type.isPrimitive()) {
          converters[i] = new ValueConverter(value -> values[column] = value);
        } else {
          converters[i] = JsonConverter.of(type, value -> values[column] = value);
        }
      }
    }

    @Override
    public Converter getConverter(int index) {
      return converters[index];
    }

    @Override
    public void start() {
      Arrays.fill(values, null);
      for (int i = 0; i < converters.length; i++) {
        if (file.schema().getType(i).isRepetition(Repetition.REPEATED)) {
          values[i] = JsonNodeFactory.instance.arrayNode();
        }
      }
    }

    @Override
    public void end() {}
  }
}
