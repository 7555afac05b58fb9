package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What one batch interval landed for one table.
 *
 * @param table where the rows belong
 * @param columns the columns of every file, in the order of the fields; empty when the rows are
 *     handed through as they came and stand for the table's own columns
 * @param format how the files are written
 * @param files the data files, none of them empty
 * @param arrivalMin when the earliest record of the batch reached the stream
 * @param arrivalMax when the latest did
 */
public record Batch(
    TableName table,
    List<Column> columns,
    FileFormat format,
    List<DataFile> files,
    Instant arrivalMin,
    Instant arrivalMax) {
  public Batch {
    requireNonNull(table, "table");
    requireNonNull(format, "format");
    requireNonNull(arrivalMin, "arrivalMin");
    requireNonNull(arrivalMax, "arrivalMax");
    columns = List.copyOf(columns);
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a batch of " + table + " needs files");
    }
  }

  /** The rows of all files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** The bytes of all files as they lie in S3. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }
}
