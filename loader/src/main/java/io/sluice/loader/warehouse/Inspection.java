package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Looks at the warehouse and changes nothing. Every method throws {@link WarehouseException} when
 * it gets no answer. Safe for use by several threads.
 */
public interface Inspection {
  /** The warehouse's clock. */
  Instant now();

  /** The ledgers of these tables that lack a column or cannot be read, a sentence each. */
  List<String> incompleteLedgers(Collection<TableName> tables);

  /** What the loader's user may not do with a table and its ledger, a sentence each. */
  List<String> missingPrivileges(TableName table);

  /** The statements that bring a table to these columns; none when it has all. */
  List<String> missing(TableName table, Collection<Column> columns);

  /**
   * Lets COPY read files of a table and check them without loading them, into a temporary table of
   * their columns: so it needs the role and the files, and no lock.
   *
   * @throws WarehouseException that says what COPY refuses
   */
  void tryCopy(TableName table, CopyRequest request);
}
