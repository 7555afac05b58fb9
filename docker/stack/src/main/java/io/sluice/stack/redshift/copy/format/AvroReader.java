package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.avro.AvroFile;
import io.sluice.stack.redshift.copy.avro.AvroRecords;
import io.sluice.stack.redshift.copy.avro.BrokenAvroException;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the records of an Avro file, whose fields find their columns as those of JSON do. Source:
 * AVRO in "Data format parameters" of the Redshift Database Developer Guide. Holds one block in
 * memory. Used by one thread.
 */
final class AvroReader implements RowReader {
  /** What system tables keep of a raw line. */
  private static final int RAW_LINE = 1024;

  private final AvroFile file;
  private final AvroRecords records;
  private final JsonRow row;
  private long lines;

  /** Reads the header of {@code in}. */
  AvroReader(InputStream in, FieldPaths paths, List<TargetColumn> columns) throws IOException {
    this.row = new JsonRow(paths, columns);
    try {
      this.file = new AvroFile(in);
    } catch (BrokenAvroException e) {
      throw invalid(e);
    }
    this.records = new AvroRecords(file, name -> paths.member(paths.root(), name) != null);
  }

  @Override
  public boolean next() throws IOException, LoadRefusal {
    row.clear();
    try {
      if (!records.next()) {
        return false;
      }
    } catch (BrokenAvroException e) {
      throw invalid(e);
    }
    lines++;
    row.read(records.bytes(), 0, records.length());
    return true;
  }

  @Override
  public Row row() {
    return row.row();
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
    return file.bytes();
  }

  /** The record as JSON. */
  @Override
  public String rawLine() {
    int length = Math.min(RAW_LINE, records.length());
    return new String(records.bytes(), 0, length, StandardCharsets.UTF_8);
  }

  private static BadFileException invalid(BrokenAvroException e) {
    return new BadFileException(LoadError.AVRO_FILE.refusal(e.getMessage()), e);
  }
}
