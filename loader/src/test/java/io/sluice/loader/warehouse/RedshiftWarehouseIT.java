package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Secret;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.SourceBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedshiftWarehouseIT extends WarehouseContract {
  private static final Duration HOUR = Duration.ofHours(1);

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String bucketName = stack.newBucket();
  private final String schema = LoaderStack.newName("ledger");
  private final Warehouse warehouse =
      new RedshiftWarehouse(stack.warehouse(schema), RedshiftWarehouseIT::settings);

  private static TableSettings settings(TableName table) {
    return ConfigFile.parse(
        table.equals(TOLD) ? "t { load-column = SLUICE_LOAD }" : "t {}",
        "test.conf",
        "t",
        settings -> TableSettings.read(table, settings, HOUR));
  }

  @BeforeEach
  void createTables() {
    for (TableName table : List.of(TABLE, OTHER)) {
      sql.execute("DROP TABLE IF EXISTS " + table);
      sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
    }
    sql.execute("DROP TABLE IF EXISTS " + TOLD);
    sql.execute(
        "CREATE TABLE %s (id BIGINT, sluice_load VARCHAR(64) NOT NULL, name VARCHAR(64))"
            .formatted(TOLD));
  }

  @Override
  Warehouse warehouse() {
    return warehouse;
  }

  @Override
  ObjectStore bucket() {
    return new S3ObjectStore(stack.s3(), bucketName);
  }

  @Override
  void delete(long id, String name) {
    sql.execute("DELETE FROM %s WHERE id = %d".formatted(TOLD, id));
  }

  @Override
  void insert(long id, String name) {
    sql.execute(
        "INSERT INTO %s (id, name, sluice_load) VALUES (%d, '%s', 'by hand')"
            .formatted(TOLD, id, name));
  }

  @Override
  BatchFolder folder() {
    return BatchFolder.parse("s3://" + bucketName + "/x");
  }

  @Override
  List<String> rows(TableName table) {
    return sql.rows("SELECT id, name FROM " + table);
  }

  @Test
  void saysWhatToDoAboutAWrongPassword() {
    WarehouseSettings right = stack.warehouse(schema);
    Warehouse locked =
        new RedshiftWarehouse(
            new WarehouseSettings(
                right.url(),
                stack.redshift().user(),
                new Secret("wrong"),
                right.iamRole(),
                schema,
                right.statementTimeout(),
                right.queryGroup()));

    assertThatThrownBy(() -> locked.begin(TABLE))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).isEqualTo("check warehouse.user and warehouse.password");
            })
        .hasMessageContaining("cannot connect to jdbc:redshift:")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void doesNotTakeALockThatCameTooLateForALoadThatIsTooLarge() {
    Warehouse hasty =
        new RedshiftWarehouse(
            stack.warehouse(new LedgerSchema(schema, false), Duration.ofMillis(500)));

    try (LoadTransaction holder = warehouse.begin(TABLE)) {
      assertThat(holder.loaded()).isEmpty();
      assertThatThrownBy(() -> hasty.begin(TABLE))
          .isInstanceOfSatisfying(
              WarehouseException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
                assertThat(e.isTimeout()).isFalse();
                assertThat(e.remedy()).contains("who holds " + schema + ".lock_");
              })
          .hasMessage("another load of public.things did not end within 500ms");
    }
  }

  @Test
  void aPauseHoldsForALoadThatHadToWait() throws Exception {
    CompletableFuture<Void> waiting;
    try (LoadTransaction holder = warehouse.begin(TABLE)) {
      waiting = CompletableFuture.runAsync(() -> warehouse.begin(TABLE).close());
      await().until(() -> waitsForALock());
      warehouse.pauses().pause(new Pause(TABLE, "ann", Instant.EPOCH, "a rebuild"));
      assertThat(holder.loaded()).isEmpty();
    }

    assertThat(waiting)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(PausedException.class);
    warehouse.pauses().resume(TABLE);
  }

  @Test
  void aLedgerOfItsOwnKeepsWhatTheSharedOneHas() {
    SourceBatch before = load("1,one");
    Warehouse apart = new RedshiftWarehouse(stack.warehouse(new LedgerSchema(schema, true), HOUR));
    assertThat(apart.problems(List.of(TABLE)))
        .singleElement()
        .asString()
        .contains(schema + ".ledger_public_things_")
        .contains("run sluice-loader init");
    apart.initialise(List.of(TABLE));

    SourceBatch after = land("2,two");
    try (LoadTransaction transaction = apart.begin(TABLE, List.of(before.id(), after.id()))) {
      assertThat(transaction.loaded()).containsOnlyKeys(before.id());
      transaction.copy(copy(after));
      transaction.record(List.of(row(after)));
      transaction.commit();
    }

    assertThat(apart.ledger().loaded(List.of(before.id(), after.id())))
        .containsExactlyInAnyOrder(before.id(), after.id());
    try (Stream<LedgerEntry> entries =
        apart.history().entries(folder(), List.of(TABLE), 1, Long.MAX_VALUE)) {
      assertThat(entries).extracting(LedgerEntry::rows).containsExactly(1L, 1L);
    }
    assertThat(sql.rows("SELECT COUNT(*) FROM " + schema + ".ledger")).containsExactly("1");
    assertThat(apart.problems(List.of(TABLE))).isEmpty();
    assertThat(warehouse.problems(List.of(TABLE)))
        .singleElement()
        .asString()
        .contains("would be overlooked: set warehouse.ledger.per-table = true");
  }

  @Test
  void aLoaderThatKnowsOnlyTheSharedLedgerCanLoadNoMoreOnceATableHasItsOwn() {
    Warehouse apart = new RedshiftWarehouse(stack.warehouse(new LedgerSchema(schema, true), HOUR));
    warehouse.begin(TABLE).close();

    apart.initialise(List.of(TABLE));

    assertThatThrownBy(() -> warehouse.begin(TABLE))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).contains("sluice-loader init");
            });
    assertThatThrownBy(() -> warehouse.initialise(List.of(TABLE)))
        .hasMessageContaining("that would be overlooked");
    apart.begin(TABLE).close();
  }

  @Test
  void countsTheRowsOfEachLoad() {
    TableName table = TableName.parse("public.things");
    sql.execute("ALTER TABLE public.things ADD COLUMN sluice_load VARCHAR(64)");
    load("1,one");
    load("2,two", "3,three");
    load("4,four");
    sql.execute("UPDATE public.things SET sluice_load = 'load-1' WHERE id = 1");
    sql.execute("UPDATE public.things SET sluice_load = 'load-2' WHERE id = 2");
    sql.execute("UPDATE public.things SET sluice_load = 'load-9' WHERE id = 3");
    sql.execute("UPDATE public.things SET sluice_load = 'load-3' WHERE id = 4");
    sql.execute("INSERT INTO public.things VALUES (5, 'by hand', NULL)");

    assertThat(warehouse.counts().differing(table, "sluice_load", 10))
        .containsExactly(
            new TableCounts.Count(Optional.of("load-2"), 2, 1),
            new TableCounts.Count(Optional.of("load-9"), 0, 1),
            new TableCounts.Count(Optional.empty(), 0, 1));
    assertThat(warehouse.counts().differing(table, "sluice_load", 1)).hasSize(1);
    assertThat(warehouse.counts().whole(table).there()).isEqualTo(5);
    Instant now = Instant.now();
    assertThat(warehouse.counts().copies(now.minus(HOUR), now).orElseThrow().get("load-2").rows())
        .isPositive();
  }

  @Test
  void tellsHowToAddALoadColumn() {
    sql.execute("ALTER TABLE " + TOLD + " DROP COLUMN sluice_load");

    assertThat(warehouse.problems(List.of(TABLE, TOLD)))
        .containsExactly(
            "public.told has no column sluice_load, the load-column of its settings: run ALTER TABLE"
                + " public.told ADD COLUMN \"sluice_load\" varchar(64); or let the loader do it:"
                + " evolve = add-columns");
  }

  @Test
  void tellsToRunInitWhenTheLedgerIsMissing() {
    Warehouse bare = new RedshiftWarehouse(stack.warehouse(LoaderStack.newName("bare")));

    assertThat(bare.problems(List.of(TABLE)))
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).contains("run sluice-loader init"));
  }

  @Test
  void bringsTheLedgerOfAnEarlierVersionUpToDate() {
    SourceBatch before = load("1,one");
    String ledger = schema + ".ledger";
    for (String column :
        List.of("state", "file_key", "reason", "error_line", "error_column", "error_value")) {
      sql.execute("ALTER TABLE " + ledger + " DROP COLUMN " + column);
    }

    assertThat(warehouse.upgrades(List.of(TABLE)))
        .hasSize(6)
        .contains(
            "ALTER TABLE %s ADD COLUMN state VARCHAR(16) DEFAULT 'loaded' NOT NULL"
                .formatted(ledger));
    warehouse.initialise(List.of(TABLE));

    assertThat(warehouse.upgrades(List.of(TABLE))).isEmpty();
    assertThat(warehouse.ledger().loaded(List.of(before.id()))).containsExactly(before.id());
    SourceBatch after = load("2,two");
    assertThat(warehouse.ledger().loaded(List.of(before.id(), after.id()))).hasSize(2);
  }

  @Test
  void aLoadThatWentWellLeavesItsSessionToTheNextOne() {
    List<String> others = sql.idleSessions();
    load("1,one");
    List<String> kept = sessionsBut(others);
    assertThat(kept).hasSize(1);

    load("2,two");
    assertThat(sessionsBut(others)).isEqualTo(kept);
    Instant asked = Instant.now().plus(Connections.JUST_NOW);

    sql.end(kept);
    await().until(() -> Instant.now().isAfter(asked));
    load("3,three");
    List<String> fresh = sessionsBut(others);
    assertThat(fresh).hasSize(1).doesNotContainAnyElementsOf(kept);

    warehouse.begin(TABLE).close();
    await().untilAsserted(() -> assertThat(sessionsBut(others)).isEmpty());
    assertThat(rows(TABLE)).containsExactlyInAnyOrder("1,one", "2,two", "3,three");
  }

  @Test
  void aKeptSessionHasTheLimitsOfAFreshOne() {
    Warehouse patient = new RedshiftWarehouse(stack.warehouse(schema));
    load(patient, "1,one");

    Warehouse hasty =
        new RedshiftWarehouse(
            stack.warehouse(new LedgerSchema(schema, false), Duration.ofMillis(500)));
    load(hasty, "2,two");
    try (LoadTransaction holder = patient.begin(TABLE)) {
      assertThat(holder.loaded()).isEmpty();
      assertThatThrownBy(() -> hasty.begin(TABLE))
          .hasMessage("another load of public.things did not end within 500ms");
    }
  }

  private List<String> sessionsBut(List<String> others) {
    List<String> sessions = new ArrayList<>(sql.idleSessions());
    sessions.removeAll(others);
    return sessions;
  }

  private boolean waitsForALock() {
    return !sql.rows("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty();
  }
}
