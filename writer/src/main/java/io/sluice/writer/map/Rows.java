package io.sluice.writer.map;

/**
 * Takes the rows of one record from the user's code. They are landed together or not at all: a row
 * that its table cannot hold makes a reject of the record, whatever its other rows are.
 *
 * <p>Its methods never throw because of data: what is wrong is told in the reject. Nothing of it
 * may be used after the record's turn, or by another thread.
 */
public interface Rows {
  /**
   * Begins a row of a table, {@code schema.table} or {@code table}. Columns that are not set have
   * their default, or are NULL; constants and metadata are filled by themselves.
   */
  Row row(String table);

  /** Begins a row of the only table. */
  Row row();

  /** A row of a table from a JSON document, by the pointers of the table's columns. */
  void json(String table, byte[] document);

  /** A row of a table from a JSON document, by the pointers of the table's columns. */
  void json(String table, String document);

  /** A row of a plain table just as it is. */
  void line(String table, byte[] line);

  /** A row of a plain table just as it is. */
  void line(String table, String line);
}
