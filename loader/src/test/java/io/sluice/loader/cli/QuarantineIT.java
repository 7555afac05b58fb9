package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.model.ObjectMetadata;
import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.LoadListener;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.load.Loader;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.LedgerSchema;
import io.sluice.loader.warehouse.RedshiftWarehouse;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sluice-loader quarantine} as an operator uses it. */
class QuarantineIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName table = place.newTable("things");
  private final BatchFolder folder = place.landed().folder();
  private final String schema = place.ledger().replace(".ledger", "");

  @Test
  void showsWhatIsBadAndLoadsItAfterARepair() {
    configure(false);
    ManifestMessage bad =
        load(false, "1,one", "2,two", "3,three", "4,four", "five,5", "6,six", "7,seven");
    ManifestMessage wide = load(false, "8," + "n".repeat(70));

    assertThat(ask("quarantine list"))
        .isEqualTo(
            """
            0: TABLE BATCH FILE STATE EXTENT ROWS LINE COLUMN VALUE REASON SINCE LOAD ID
            TABLE FOLDER#1 TIME/TABLE/part-00000-attempt.csv.zst open file 7 5 id five Invalid digit, Value 'f', Pos 0, Type: Long TIME LOAD
            TABLE FOLDER#2 TIME/TABLE/part-00000-attempt.csv.zst open file 1 1 name nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn... String length exceeds DDL length TIME LOAD
            """);
    assertThat(ask("quarantine show", folder + "#1"))
        .isEqualTo(
            """
            0: table TABLE
            batch FOLDER#1
            batch time TIME
            file FOLDER/TIME/TABLE/part-00000-attempt.csv.zst
            state open
            extent file
            rows 7
            bytes N B
            bytes in s3 N B
            reason Invalid digit, Value 'f', Pos 0, Type: Long
            line 5
            column id
            value five
            since TIME
            by test:1
            load id LOAD
            lines 2: 2,two
             3: 3,three
             4: 4,four
             > 5: five,5
             6: 6,six
             7: 7,seven
            """);

    assertThat(ask("quarantine retry", "--table", table.toString()))
        .startsWith("1: table TABLE\nfile FOLDER/")
        .contains("outcome refused")
        .contains("why load LOAD: cannot copy FOLDER/_copy/LOAD.manifest into TABLE");
    place.sql().execute("ALTER TABLE " + table + " ALTER COLUMN name TYPE VARCHAR(128)");
    assertThat(ask("quarantine retry", "--dry-run", folder + "#2")).contains("would be loaded");
    assertThat(place.ids(table)).isEmpty();
    ask("pause", "--table", table.toString(), "--reason", "a repair", "--by", "ann");
    assertThat(ask("quarantine retry", folder + "#2"))
        .isEqualTo(
            "1: sluice-loader: TABLE is paused by ann: a repair: end that first, by sluice-loader"
                + " resume --table TABLE\n");
    ask("resume", "--table", table.toString());
    assertThat(ask("quarantine retry", folder + "#2"))
        .isEqualTo(
            """
            0: table TABLE
            file FOLDER/TIME/TABLE/part-00000-attempt.csv.zst
            outcome loaded
            rows 1
            load id LOAD
            """);
    assertThat(place.ids(table)).containsExactly("8");
    assertThat(exists(place.landed().fileKey(wide) + ".quarantine.json")).isFalse();

    replace(bad, "5,five", "9,nine");
    assertThat(ask("quarantine retry", "--manifest", "1"))
        .startsWith("1: ")
        .contains("if somebody has repaired it, say --replaced");
    assertThat(ask("quarantine retry", "--manifest", "1", "--replaced", "--by", "ann"))
        .startsWith("0: ")
        .contains("rows 2\n");
    assertThat(place.ids(table)).containsExactly("5", "8", "9");

    assertThat(ask("quarantine list")).hasLineCount(1);
    assertThat(ask("quarantine list", "--all", "--output", "csv", "--manifest", "1"))
        .contains("replaced,file,2,5,id,five,\"replaced by ann at TIME; was: Invalid digit");
    assertThat(ask("reconcile", "--any-rows", "--grace", "0s"))
        .contains(" rows 3 landed, 3 loaded, 0 in quarantine, 0 waiting\n")
        .endsWith("exact\n");
  }

  @Test
  void keepsWhoGaveAFileUpAndStaysExactWithALedgerForEachTable() {
    configure(true);
    load(true, "1,one");
    load(true, "two,2");

    assertThat(ask("quarantine discard", folder + "#2")).startsWith("2: ").contains("--reason");
    assertThat(ask("quarantine discard", "--reason", " ", folder + "#2"))
        .startsWith("2: ")
        .contains("--reason: say why");
    assertThat(ask("quarantine discard", "--reason", "a test")).contains("which files?");
    assertThat(ask("quarantine discard", "--reason", "a test", folder + "#9"))
        .startsWith("2: ")
        .contains("the quarantine has no FOLDER#9: see quarantine list --all");
    assertThat(ask("quarantine discard", "--reason", "a test", "--dry-run", folder + "#2"))
        .startsWith("0: ")
        .contains("would be discarded");
    assertThat(ask("quarantine discard", "--reason", "a test", "--by", "ann", folder + "#2"))
        .startsWith("0: ")
        .contains("outcome discarded");

    assertThat(ask("quarantine list", "--all", "--output", "json"))
        .contains("\"state\":\"discarded\"")
        .contains("\"reason\":\"discarded by ann at TIME: a test; was: Invalid digit");
    assertThat(ask("quarantine retry", folder + "#2")).contains("it is discarded already");
    assertThat(ask("reconcile", "--any-rows", "--grace", "0s"))
        .contains(" rows 2 landed, 1 loaded, 1 in quarantine, 0 waiting\n")
        .endsWith("exact\n");
  }

  @Test
  void replacesOlderRowsWhereTheTableIsAnUpsert() {
    place.configure(
        "loader.tables = [{ name = \"%s\", mode = upsert, upsert { key = [id], order = name } }]"
            .formatted(table));
    assertThat(place.ask("init").code()).isZero();
    load(false, "1,a", "2,a");
    ManifestMessage bad = load(false, "one,b");
    replace(bad, "1,b", "3,b");

    assertThat(ask("quarantine retry", "--replaced", folder + "#2")).contains("outcome loaded");

    assertThat(place.sql().rows("SELECT id, name FROM " + table + " ORDER BY id"))
        .containsExactly("1,b", "2,a", "3,b");
    assertThat(ask("reconcile", "--any-rows", "--grace", "0s")).endsWith("exact\n");
  }

  private void configure(boolean perTable) {
    place.configure("loader.warehouse.ledger.per-table = " + perTable);
    assertThat(place.ask("init").code()).isZero();
  }

  private String ask(String command, String... more) {
    LoaderPlace.Answer answer = place.ask(command, more);
    return (answer.code() + ": " + answer.out() + answer.err())
        .replace(folder.toString(), "FOLDER")
        .replace(table.toString(), "TABLE")
        .replaceAll("[0-9]{8}T[0-9]{6}[.][0-9]{3}Z-[0-9a-f]{16}", "LOAD")
        .replaceAll("[0-9]{8}T[0-9]{6}[.][0-9]{3}Z", "TIME")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME")
        .replaceAll("[0-9]+ B\\b", "N B")
        .replaceAll(" +", " ");
  }

  private ManifestMessage load(boolean perTable, String... lines) {
    ManifestMessage message = place.landed().land(table, lines);
    Warehouse warehouse =
        new RedshiftWarehouse(
            place
                .stack()
                .warehouse(new LedgerSchema(schema, perTable), WarehouseSettings.LOCK_TIMEOUT));
    BatchFolders folders =
        new BatchFolders(List.of(folder), bucket -> new S3ObjectStore(place.stack().s3(), bucket));
    Clock clock = Clock.systemUTC();
    new Loader(warehouse, folders, new LoadIds(clock, new Random()), "test:1", clock, 10)
        .load(table, List.of(LandedFolder.id(message)), new Silent());
    return message;
  }

  private void replace(ManifestMessage message, String... lines) {
    byte[] body = Zstd.compress((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    ObjectMetadata size = new ObjectMetadata();
    size.setContentLength(body.length);
    place
        .stack()
        .s3()
        .putObject(
            folder.bucket(), place.landed().fileKey(message), new ByteArrayInputStream(body), size);
  }

  private boolean exists(String key) {
    return place.stack().s3().doesObjectExist(folder.bucket(), key);
  }

  private static final class Silent implements LoadListener {
    @Override
    public void settled(LoadOutcome outcome) {
      // The ledger has it.
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
