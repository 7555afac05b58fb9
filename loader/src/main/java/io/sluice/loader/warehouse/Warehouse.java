package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.util.Collection;
import java.util.List;

/** The warehouse, as far as loading needs it. Safe for use by several threads. */
public interface Warehouse {
  /**
   * Connects, begins a load's transaction and takes the lock of {@code table}: waits for as long as
   * another load of the table holds it. Behind the lock, and in the same round trip, it reads what
   * the ledger has of {@code batches}.
   *
   * @throws WarehouseException when that fails; nothing is held then
   * @throws PausedException when the table is paused; nothing is held then
   */
  LoadTransaction begin(TableName table, Collection<BatchId> batches);

  /** The same for what has nothing to do with what is loaded. */
  default LoadTransaction begin(TableName table) {
    return begin(table, List.of());
  }

  /** The ledger, for reading outside a load. */
  Ledger ledger();

  /** The ledger as a whole, for commands that look back. */
  LedgerHistory history();

  /** The files that are set aside. */
  Quarantine quarantine();

  /** The ledger in sums. */
  LedgerSums sums();

  /** What a load would do. */
  LoadPreview preview();

  /** The tables themselves, held against the ledger. */
  TableCounts counts();

  /** The tables that a person has paused. */
  Pauses pauses();

  /**
   * The columns of a table in their order, without the one for the names of loads.
   *
   * @throws WarehouseException when there is no such table
   */
  List<Column> columns(TableName table);

  /**
   * What keeps these tables from being loaded, one sentence each with its remedy; empty when all is
   * well.
   *
   * @throws WarehouseException when it cannot be told, for there is no connection
   */
  List<String> problems(Collection<TableName> tables);

  /** The statements that {@link #initialise} runs for these tables. */
  List<String> initialisation(Collection<TableName> tables);

  /**
   * The statements that give a ledger of an earlier version the columns that came since; none when
   * it is complete or not there yet. {@link #initialise} runs them.
   *
   * @throws WarehouseException when the warehouse cannot be asked
   */
  List<String> upgrades(Collection<TableName> tables);

  /** Makes the ledger and the locks of these tables, as far as they are missing. */
  void initialise(Collection<TableName> tables);
}
