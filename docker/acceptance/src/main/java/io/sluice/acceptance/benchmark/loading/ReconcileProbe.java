package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.config.Secret;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.reconcile.Difference;
import io.sluice.loader.operate.reconcile.Reconciler;
import io.sluice.loader.operate.reconcile.Reconciliation;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A process that does what {@code sluice-loader reconcile} does, on a log that is worked out and
 * the ledger in the stand-in, for its heap to be looked at. It says what it has found and then
 * waits to be ended.
 */
public final class ReconcileProbe {
  /** The password is in the environment under this name. */
  static final String PASSWORD = "SLUICE_PROBE_PASSWORD";

  private ReconcileProbe() {}

  /** The warehouse's address and user, the ledger's schema, folder, table, and how many batches. */
  public static void main(String[] args) throws InterruptedException {
    BatchFolder folder = BatchFolder.parse(args[3]);
    TableName table = TableName.parse(args[4]);
    ArithmeticLog log = new ArithmeticLog(folder, table, Long.parseLong(args[5]));
    WarehouseSettings settings =
        new WarehouseSettings(
            args[0],
            args[1],
            new Secret(System.getenv(PASSWORD)),
            "default",
            args[2],
            WarehouseSettings.STATEMENT_TIMEOUT,
            Optional.empty());
    Reconciliation found =
        new Reconciler(
                new BatchFolders(List.of(folder), bucket -> log),
                new RedshiftWarehouse(settings).history(),
                Set.of(table),
                new Reconciler.Options(Duration.ZERO, false),
                Clock.systemUTC())
            .run(folder, 1, Long.MAX_VALUE, ReconcileProbe::tell);
    System.out.printf(
        "%s: %d batches%n", found.isExact() ? "exact" : "NOT EXACT", found.batchesLoaded());
    new CountDownLatch(1).await();
  }

  private static void tell(Difference difference) {
    System.out.println(difference);
  }
}
