package io.sluice.loader.cli.output;

/**
 * An answer while it is written, row by row. JSON and CSV are written as the rows come; a table is
 * written at the end, for its columns are as wide as their widest cell.
 */
public interface Rows extends AutoCloseable {
  /** Adds a row: a cell for each column, null where there is nothing. */
  void add(Object... cells);

  /** Ends the answer. */
  @Override
  void close();
}
