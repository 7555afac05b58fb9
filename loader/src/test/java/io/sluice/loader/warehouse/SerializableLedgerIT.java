package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.aws.RunningStack;
import io.sluice.common.config.Secret;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.LoginSettings;
import io.sluice.loader.plan.BatchId;
import io.sluice.stack.process.StackEndpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads of two tables side by side in a database of the isolation level SERIALIZABLE. */
class SerializableLedgerIT {
  private static final TableName FIRST = TableName.parse("public.firsts");
  private static final TableName SECOND = TableName.parse("public.seconds");

  @TempDir private static Path folder;
  private static RunningStack stack;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder, "--redshift-isolation", "serializable");
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void conflictOverASharedLedger() {
    Warehouse warehouse = warehouse(new LedgerSchema("shared", false));

    assertThatThrownBy(() -> loadBoth(warehouse))
        .isInstanceOfSatisfying(
            WarehouseException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT))
        .hasMessageContaining("1023");
  }

  @Test
  void doNotConflictWithALedgerForEachTable() {
    Warehouse warehouse = warehouse(new LedgerSchema("apart", true));

    loadBoth(warehouse);

    assertThat(warehouse.ledger().loaded(List.of(batch(FIRST), batch(SECOND)))).hasSize(2);
  }

  /** Each reads the ledger before the other one writes. */
  private static void loadBoth(Warehouse warehouse) {
    warehouse.initialise(List.of(FIRST, SECOND));
    try (LoadTransaction first = warehouse.begin(FIRST, List.of(batch(FIRST)));
        LoadTransaction second = warehouse.begin(SECOND, List.of(batch(SECOND)))) {
      assertThat(first.loaded()).isEmpty();
      assertThat(second.loaded()).isEmpty();
      first.record(List.of(row(FIRST)));
      first.commit();
      second.record(List.of(row(SECOND)));
      second.commit();
    }
  }

  private static Warehouse warehouse(LedgerSchema ledger) {
    StackEndpoints.Redshift redshift = stack.endpoints().redshift().orElseThrow();
    return new RedshiftWarehouse(
        new WarehouseSettings(
            redshift.url(),
            LoginSettings.of(redshift.user(), new Secret(redshift.password())),
            TlsSettings.unlessSaidBy(redshift.url()),
            "default",
            ledger,
            Duration.ofMinutes(1),
            WarehouseSettings.LOCK_TIMEOUT,
            Optional.empty()));
  }

  private static BatchId batch(TableName table) {
    return new BatchId(BatchFolder.parse("s3://bucket/x"), 1, table);
  }

  private static LedgerRow row(TableName table) {
    Instant time = Instant.parse("2026-11-22T06:00:00Z");
    return new LedgerRow(
        batch(table), "load", 1, 10, 1, time, time, time, time, "test:1", Optional.empty());
  }
}
