package io.sluice.loader.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.common.config.ConfigFile;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LoadError;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.TableSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads by the real driver, for what the settings of a table change. */
class TablesIT {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "bigint"),
          new Column("name", "varchar(64)"),
          new Column("version", "bigint"),
          new Column("gone", "boolean"));
  private static final String UPSERT =
      "mode = upsert, upsert { key = [id], order = version, delete-flag = gone }";

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String bucket = stack.newBucket();
  private final ObjectStore store = new S3ObjectStore(stack.s3(), bucket);
  private final String schema = LoaderStack.newName("ledger");
  private final TableName table = TableName.parse(LoaderStack.newName("things"));
  private final LandedFolder landed =
      new LandedFolder(store, BatchFolder.parse("s3://" + bucket + "/x"));
  private final BatchFolders folders = new BatchFolders(List.of(landed.folder()), name -> store);
  private final List<QuarantinedFile> quarantined = new ArrayList<>();

  @BeforeEach
  void initialise() {
    new RedshiftWarehouse(stack.warehouse(schema)).initialise(List.of(table));
  }

  @Test
  void anUpsertKeepsTheNewestRowOfEachKey() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64), version BIGINT)");

    load(UPSERT, land("1,a,1,false", "1,b,3,false", "1,c,2,false", "2,x,1,false"));
    assertThat(rows()).containsExactly("1,b,3", "2,x,1");

    load(UPSERT, land("1,old,2,false", "2,new,2,false", "3,y,1,false"));
    assertThat(rows()).containsExactly("1,b,3", "2,new,2", "3,y,1");

    load(UPSERT, land("2,,5,true", "9,,1,true"));
    assertThat(rows()).containsExactly("1,b,3", "3,y,1");

    load(UPSERT, land("2,late,4,false"));
    assertThat(rows()).as("what was deleted later stays deleted").hasSize(2);
    load(UPSERT, land("2,again,6,false"));
    assertThat(rows()).containsExactly("1,b,3", "2,again,6", "3,y,1");
  }

  @Test
  void anUpsertOfAnyArrivalsIsWhatTheNewestOfEachKeySay() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64), version BIGINT)");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<Integer, String> expected = new TreeMap<>();
    Map<Integer, Integer> newest = new TreeMap<>();
    List<Integer> versions = new ArrayList<>();
    for (int version = 1; version <= 120; version++) {
      versions.add(version);
    }
    Collections.shuffle(versions, random);
    for (int load = 0; load < 8; load++) {
      List<String> lines = new ArrayList<>();
      for (int version : versions.subList(load * 15, load * 15 + 15)) {
        int id = random.nextInt(10);
        boolean gone = random.nextInt(4) == 0;
        lines.add("%d,n%d,%d,%s".formatted(id, version, version, gone));
        if (version > newest.getOrDefault(id, 0)) {
          newest.put(id, version);
          if (gone) {
            expected.remove(id);
          } else {
            expected.put(id, "%d,n%d,%d".formatted(id, version, version));
          }
        }
      }
      load(UPSERT, land(lines.toArray(String[]::new)));

      assertThat(rows())
          .as("seed %d, load %d", seed, load)
          .isEqualTo(List.copyOf(expected.values()));
    }
  }

  @Test
  void aRowWithoutItsKeyGoesToQuarantine() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64), version BIGINT)");

    load(UPSERT, land("1,a,1,false"), land("\\N,b,1,false"));

    assertThat(rows()).containsExactly("1,a,1");
    assertThat(quarantined)
        .singleElement()
        .satisfies(
            file -> assertThat(file.error().reason()).contains("1 rows for").contains("no key"));
  }

  @Test
  void anUpsertByAColumnThatTheDataHasNotIsASetting() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64), version BIGINT)");

    assertThatThrownBy(
            () ->
                load("mode = upsert, upsert { key = [nr], order = version }", land("1,a,1,false")))
        .isInstanceOfSatisfying(
            LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED))
        .hasMessageContaining("needs the columns [nr]");
  }

  @Test
  void aTableIsMadeOfTheManifestsColumnsWhenThatIsAllowed() {
    String settings = "create = true, dist-key = id, sort-key = [version, id]";

    load(settings, land("1,a,1,false"));

    assertThat(sql.rows("SELECT id, name, version, gone FROM " + table)).containsExactly("1,a,1,f");
  }

  @Test
  void aMissingTableIsToldWithItsStatement() {
    assertThatThrownBy(() -> load("", land("1,a,1,false")))
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy())
                  .contains("run CREATE TABLE " + table + " (\"id\" bigint, \"name\" varchar(64)");
            });
  }

  @Test
  void newColumnsAreAddedWhenThatIsAllowedAndToldWhenNot() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");

    assertThatThrownBy(() -> load("", land("1,a,1,false")))
        .isInstanceOfSatisfying(
            LoadException.class,
            e ->
                assertThat(e.remedy())
                    .contains("ALTER TABLE " + table + " ADD COLUMN \"version\" bigint")
                    .contains("evolve = add-columns"));
    load("evolve = add-columns", land("1,a,1,false"));

    assertThat(sql.rows("SELECT id, name, version, gone FROM " + table)).containsExactly("1,a,1,f");
  }

  @Test
  void rowsAreLeftOutWhereMaxErrorAllowsThem() {
    sql.execute(
        "CREATE TABLE " + table + " (id BIGINT, name VARCHAR(8), version BIGINT, gone BOOLEAN)");

    load(
        "load.max-error = 3",
        land("1,a,1,false", "x,b,1,false", "2,much too long,1,false"),
        land("3,c,1,false"));

    assertThat(rows()).containsExactly("1,a,1", "3,c,1");
    assertThat(quarantined)
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.extent()).isEqualTo(Extent.ROWS);
              assertThat(file.errors())
                  .extracting(LoadError::line, LoadError::column)
                  .containsExactly(tuple(2L, "id"), tuple(3L, "name"));
            });
    assertThat(
            sql.rows(
                "SELECT state, row_count, file_count, error_line, error_value FROM "
                    + schema
                    + ".ledger ORDER BY manifest_number, state DESC"))
        .containsExactly("loaded,1,1,null,null", "left-out,2,0,2,x", "loaded,1,1,null,null");
  }

  @Test
  void theTablesOwnTimeoutHolds() throws SQLException {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
    BatchId batch = LandedFolder.id(landed.land(table, "1,a"));

    try (Sql.Lock held = sql.lock(table)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> load("load.statement-timeout = 200ms", List.of(batch)))
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
    }
  }

  private BatchId land(String... lines) {
    ManifestMessage message = landed.land(table, COLUMNS, lines);
    return LandedFolder.id(message);
  }

  private void load(String settings, BatchId... batches) {
    load(settings, List.of(batches));
  }

  private void load(String text, List<BatchId> batches) {
    TableSettings settings =
        ConfigFile.parse(
            "table { " + text + " }",
            "test",
            "table",
            section -> TableSettings.read(table, section, Duration.ofMinutes(1)));
    new Loader(
            new RedshiftWarehouse(stack.warehouse(schema), name -> settings),
            folders,
            new LoadIds(Clock.systemUTC(), new Random()),
            "test:1",
            Clock.systemUTC(),
            settings.maxBadFiles())
        .load(table, batches, new Listener());
  }

  private List<String> rows() {
    return sql.rows("SELECT id, name, version FROM " + table + " ORDER BY id");
  }

  private final class Listener implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {
      quarantined.addAll(outcome.quarantined());
    }

    @Override
    public boolean mayStillCome(BatchId batch) {
      return false;
    }

    @Override
    public void refused(BatchId batch, LoadException reason) {
      throw reason;
    }
  }
}
