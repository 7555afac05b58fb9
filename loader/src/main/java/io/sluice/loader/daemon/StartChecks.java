package io.sluice.loader.daemon;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.intake.Inbox;
import io.sluice.loader.intake.InboxException;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be checked before the first load. A service that is merely out of reach is no problem of
 * the set-up: the loader starts, waits and says so.
 */
public final class StartChecks {
  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  private final Collection<TableName> tables;
  private final Warehouse warehouse;
  private final BatchFolders folders;
  private final Inbox inbox;

  StartChecks(
      Collection<TableName> tables, Warehouse warehouse, BatchFolders folders, Inbox inbox) {
    this.tables = List.copyOf(tables);
    this.warehouse = warehouse;
    this.folders = folders;
    this.inbox = inbox;
  }

  /** What a person must repair first, one sentence each; empty when the loader can start. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    checkWarehouse(problems);
    for (BatchFolder folder : folders.all()) {
      checkFolder(folder, problems);
    }
    checkQueue(problems);
    return problems;
  }

  private void checkWarehouse(List<String> problems) {
    try {
      problems.addAll(warehouse.problems(tables));
    } catch (WarehouseException e) {
      if (e.kind() == FailureKind.MISCONFIGURED) {
        problems.add(e.getMessage() + ": " + e.remedy());
      } else {
        log.warn("starting without an answer of the warehouse: {}", e.getMessage());
      }
    }
  }

  private void checkFolder(BatchFolder folder, List<String> problems) {
    try {
      folders.manifest(folder, 1);
    } catch (ObjectStoreException e) {
      if (e.isTransient()) {
        log.warn("starting without an answer of S3: {}", e.getMessage());
      } else {
        problems.add(e.getMessage() + ": check loader.batch-folders and the permissions on them");
      }
    } catch (ContractException e) {
      problems.add(e.getMessage());
    }
  }

  private void checkQueue(List<String> problems) {
    try {
      inbox.check();
    } catch (InboxException e) {
      switch (e.kind()) {
        case TRANSIENT -> log.warn("starting without an answer of the queue: {}", e.getMessage());
        case MISCONFIGURED ->
            problems.add(e.getMessage() + ": check loader.queue and the permissions on it");
      }
    }
  }
}
