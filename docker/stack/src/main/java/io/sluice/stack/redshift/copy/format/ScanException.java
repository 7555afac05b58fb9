package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.parquet.BrokenParquetException;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.io.IOException;
import java.util.function.Function;

/**
 * A columnar file fails its COPY, whatever MAXERROR might be. Redshift reads those files with
 * Spectrum, and the errors are Spectrum's, worded as public reports show them.
 */
public final class ScanException extends IOException {
  /** What the client is told; the rest stands in the Detail. */
  public static final String MESSAGE = "Spectrum Scan Error";

  private static final long serialVersionUID = 1L;

  private final LoadError error;
  private final transient Function<S3Url, String> context;

  private ScanException(LoadError error, Function<S3Url, String> context, Throwable cause) {
    super(MESSAGE, cause);
    this.error = error;
    this.context = context;
  }

  /** The column cannot take what the file holds, which is shown as Redshift shows it. */
  static ScanException incompatible(TargetColumn column, String shownSchema) {
    return new ScanException(
        LoadError.SCAN_MISMATCH,
        file ->
            "File '%s' has an incompatible Parquet schema for column '%s.%s'. Column type: %s, Parquet schema:\n%s"
                .formatted(web(file), file, column.name(), shown(column.type()), shownSchema),
        null);
  }

  /** The file has another number of columns than the table. */
  static ScanException unmatched(int tableColumns, int dataColumns) {
    return new ScanException(
        LoadError.SCAN_MISMATCH,
        file ->
            "Unmatched number of columns between table and file. Table columns: %d, Data columns: %d, File name: %s"
                .formatted(tableColumns, dataColumns, web(file)),
        null);
  }

  /** A text is too long for its column. */
  static ScanException tooLong(TargetColumn column, int length) {
    return new ScanException(
        LoadError.SCAN_MISMATCH,
        file ->
            "The length of the data column %s is longer than the length defined in the table. Table: %d, Data: %d, File name: %s"
                .formatted(column.name(), column.type().length(), length, web(file)),
        null);
  }

  /** The file is damaged. */
  static ScanException broken(BrokenParquetException e) {
    return new ScanException(
        LoadError.SCAN, file -> "File '%s': %s".formatted(web(file), e.getMessage()), e);
  }

  /** The error as the system tables have it. */
  public LoadRefusal refusal(S3Url file) {
    return error.refusal(context(file));
  }

  /** What is wrong with the file. */
  public String context(S3Url file) {
    return context.apply(file);
  }

  private static String web(S3Url file) {
    return "https://s3.amazonaws.com/" + file.bucket() + "/" + file.key();
  }

  private static String shown(ColumnType type) {
    return switch (type.kind()) {
      case INT2 -> "SMALLINT";
      case INT4 -> "INT";
      case INT8 -> "BIGINT";
      case NUMERIC -> "DECIMAL(" + type.length() + ", " + type.scale() + ")";
      case FLOAT4 -> "FLOAT";
      case FLOAT8 -> "DOUBLE";
      case BOOL -> "BOOLEAN";
      case VARCHAR -> "VARCHAR";
      case CHAR -> "CHAR";
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case TIMESTAMPTZ -> "TIMESTAMPTZ";
      case SUPER -> "SUPER";
      case VARBYTE -> "VARBYTE";
      case OTHER -> "UNKNOWN";
    };
  }
}
