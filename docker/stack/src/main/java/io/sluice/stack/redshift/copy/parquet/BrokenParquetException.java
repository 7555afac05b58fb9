package io.sluice.stack.redshift.copy.parquet;

import java.io.IOException;

/** The bytes are no Parquet file, or a damaged one; nothing behind them can be read. */
public final class BrokenParquetException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenParquetException(String problem) {
    this(problem, null);
  }

  BrokenParquetException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
