package io.sluice.loader.health;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.Ledger;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.LedgerSums;
import io.sluice.loader.warehouse.LoadPreview;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.Pauses;
import io.sluice.loader.warehouse.Quarantine;
import io.sluice.loader.warehouse.TableCounts;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A warehouse that tells whether it answers. It is only listened to, never asked for its health: a
 * question every few seconds would keep a warehouse awake that is paid by the second.
 */
final class WatchedWarehouse implements Warehouse {
  private final Warehouse warehouse;
  private final LoaderEvents events;

  WatchedWarehouse(Warehouse warehouse, LoaderEvents events) {
    this.warehouse = warehouse;
    this.events = events;
  }

  /** A table that is locked or lacks something is no failure of the warehouse. */
  @Override
  public LoadTransaction begin(TableName table, Collection<BatchId> batches) {
    try {
      LoadTransaction transaction = warehouse.begin(table, batches);
      events.warehouseAnswered();
      return transaction;
    } catch (WarehouseException e) {
      if (e.kind() == FailureKind.TRANSIENT && !e.isTimeout()) {
        events.warehouseFailed(e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public Ledger ledger() {
    return new WatchedLedger(warehouse.ledger());
  }

  @Override
  public List<String> problems(Collection<TableName> tables) {
    return asking(() -> warehouse.problems(tables));
  }

  @Override
  public List<String> initialisation(Collection<TableName> tables) {
    return warehouse.initialisation(tables);
  }

  @Override
  public List<String> upgrades(Collection<TableName> tables) {
    return warehouse.upgrades(tables);
  }

  @Override
  public void initialise(Collection<TableName> tables) {
    warehouse.initialise(tables);
  }

  @Override
  public List<Column> columns(TableName table) {
    return asking(() -> warehouse.columns(table));
  }

  @Override
  public LedgerHistory history() {
    return warehouse.history();
  }

  @Override
  public Quarantine quarantine() {
    return warehouse.quarantine();
  }

  @Override
  public LedgerSums sums() {
    return warehouse.sums();
  }

  @Override
  public LoadPreview preview() {
    return warehouse.preview();
  }

  @Override
  public TableCounts counts() {
    return warehouse.counts();
  }

  @Override
  public Pauses pauses() {
    return warehouse.pauses();
  }

  private <T> T asking(Supplier<T> request) {
    try {
      T answer = request.get();
      events.warehouseAnswered();
      return answer;
    } catch (WarehouseException e) {
      events.warehouseFailed(e.getMessage());
      throw e;
    }
  }

  private final class WatchedLedger implements Ledger {
    private final Ledger ledger;

    private WatchedLedger(Ledger ledger) {
      this.ledger = ledger;
    }

    /** Asked about nothing, the ledger asks nobody. */
    @Override
    public Set<BatchId> loaded(Collection<BatchId> ids) {
      return ids.isEmpty() ? ledger.loaded(ids) : asking(() -> ledger.loaded(ids));
    }

    @Override
    public Map<TableName, Long> progress(BatchFolder folder) {
      return asking(() -> ledger.progress(folder));
    }

    @Override
    public void saveProgress(BatchFolder folder, Map<TableName, Long> progress) {
      asking(
          () -> {
            ledger.saveProgress(folder, progress);
            return null;
          });
    }
  }
}
