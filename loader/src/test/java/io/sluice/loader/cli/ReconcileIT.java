package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sluice-loader reconcile} as an operator runs it. */
class ReconcileIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName table = place.newTable("things");
  private final BatchFolder folder = place.landed().folder();

  @Test
  void provesWhatIsLoadedAndFindsWhatSomebodyChanged() {
    List<ManifestMessage> messages =
        IntStream.rangeClosed(1, 6).mapToObj(i -> place.announce(table, i + ",x")).toList();
    place.announce(table, "seven,x");
    LoaderProcess loader = place.start();
    place.awaitIds(table, "1", "2", "3", "4", "5", "6");
    place.queues().awaitMessages(0);
    assertThat(loader.stop()).isZero();

    assertThat(reconcile())
        .isEqualTo(
            """
            0: FOLDER
              manifests  7 of the numbers 1 to 7
              records    0 read, 0 of them set aside as rejects
              batches    7 landed, 7 loaded, 0 waiting
              rows       7 landed, 6 loaded, 1 in quarantine, 0 waiting
              files      7 of BYTES bytes
              orphans    0 files of 0 bytes that no manifest names: left by tasks that died, and harmless
            exact
            """);

    place.stack().s3().deleteObject(folder.bucket(), place.landed().fileKey(messages.get(1)));
    place.stack().s3().putObject(folder.bucket(), place.landed().fileKey(messages.get(2)), "cut");
    place.stack().s3().deleteObject(folder.bucket(), folder.key(BatchFolder.manifest(4)));
    place
        .sql()
        .execute(
            "INSERT INTO %s SELECT * FROM %s WHERE manifest_number = 5"
                .formatted(place.ledger(), place.ledger()));
    place.landed().land(table, "8,x");

    assertThat(reconcile())
        .startsWith("3: FOLDER\n")
        .endsWith("NOT EXACT\n")
        .contains("  missing-file: FOLDER/")
        .contains("  wrong-size: FOLDER/")
        .contains(" has 3 bytes in S3 and ")
        .contains("  gap-in-log: manifest 4 is missing\n")
        .contains("  ledger-without-batch: the ledger has FOLDER#4/TABLE by load ")
        .contains("  loaded-twice: FOLDER#5/TABLE is in the ledger 2 times")
        .contains("  not-loaded: FOLDER#8/TABLE of ")
        .contains("    what to do: bring the manifests back")
        .contains("  batches    7 landed, 6 loaded, 0 waiting");
  }

  @Test
  void looksAtAPartAndIntoTheTablesAndTellsItToPrograms() {
    TableName other = place.newTable("others");
    ManifestMessage first = place.landed().land(table, "1,x");
    place.load(first);
    place.load(place.landed().land(other, "2,x"));

    assertThat(reconcile("--deep"))
        .contains("tables\n  TABLE: 1 rows, and 1 in the ledger. None is missing")
        .containsPattern("  sys_load_history knows 2 of the 2 loads of the last 7 days")
        .endsWith("exact\n")
        .startsWith("0: ");

    place.sql().execute("DELETE FROM " + table);
    place.sql().execute("INSERT INTO " + other + " VALUES (3, 'by hand')");
    place
        .sql()
        .execute(
            "UPDATE %s SET row_count = 2 WHERE table_name = '%s'".formatted(place.ledger(), other));
    LoaderPlace.Answer answer =
        place.ask(
            "reconcile --any-rows --grace 0s --deep --output csv",
            "--from",
            first.batchTime().toString(),
            "--to",
            first.batchTime().plusSeconds(1).toString());

    assertThat(answer.code()).isEqualTo(3);
    assertThat(readable(answer.out()).replace(other.toString(), "OTHER").lines())
        .hasSize(3)
        .first()
        .isEqualTo("folder,kind,manifest,table,what,remedy");
    assertThat(readable(answer.out()).replace(other.toString(), "OTHER"))
        .contains(
            ",rows-missing,,TABLE,\"TABLE has 0 rows in all, and the ledger has 1: 1 are missing\",")
        .containsPattern(
            ",history-differs,,OTHER,\"load [^ ]+ of OTHER has 2 rows in the ledger, and its COPY took 1\",");
    assertThat(answer.err()).contains("manifests  1 of the numbers 1 to 1").endsWith("NOT EXACT\n");
    assertThat(place.ask("reconcile --any-rows --deep", "--table", table.toString()).out())
        .doesNotContain("history-differs")
        .contains("rows-missing");
  }

  @Test
  void announcesAgainWhatNoMessageTold() {
    place.makeLedger();
    ManifestMessage first = place.landed().land(table, "1,x");
    ManifestMessage second = place.landed().land(table, "2,x");

    assertThat(reconcile("--repair", "--dry-run"))
        .startsWith("3: FOLDER\n  not-loaded: FOLDER#1/TABLE of ")
        .contains("  would be enqueued: FOLDER#1/TABLE\n  would be enqueued: FOLDER#2/TABLE\n")
        .endsWith("NOT EXACT\n");
    assertThat(place.queues().messages()).isZero();
    assertThat(reconcile("--repair")).contains("  enqueued: FOLDER#2/TABLE\n").startsWith("3: ");
    assertThat(place.queues().messages()).isEqualTo(2);

    place.load(first, second);
    assertThat(reconcile()).endsWith("exact\n").startsWith("0: ");
  }

  @Test
  void missesAFileOfWhichOnlyRowsWereLeftOut() {
    place.makeLedger();
    place.configure("loader.tables = [{ name = \"%s\", load.max-error = 10 }]".formatted(table));
    ManifestMessage message = place.landed().land(table, "1,one", "two,two");
    place.ask("backfill", "-t", table.toString());
    assertThat(reconcile()).endsWith("exact\n");

    place.stack().s3().deleteObject(folder.bucket(), place.landed().fileKey(message));

    assertThat(reconcile()).contains("  missing-file: FOLDER/").endsWith("NOT EXACT\n");
  }

  @Test
  void provesNothingWhereThereIsNothing() {
    TableName other = place.newTable("others");
    place.load(place.landed().land(table, "1,x"));

    assertThat(reconcile("--from", "2126-01-01"))
        .startsWith("0: ")
        .endsWith("nothing to compare: no manifest in this range\n");
    assertThat(place.ask("reconcile", "--from", "2026-01-02", "--to", "2026-01-01").code())
        .isEqualTo(2);
    assertThat(reconcile("--table", other.toString()))
        .contains("  not looked at 1 batches of TABLE, which is not among the tables\n");
  }

  @Test
  void saysWhatAWrongOptionMayBe() {
    assertThat(place.ask("reconcile", "--grace", "soon").err())
        .contains("'soon' is no time: use 90s, 15m, 2h or 1d");
    LoaderPlace.Answer dry = place.ask("reconcile", "--dry-run");
    assertThat(dry.code()).isEqualTo(2);
    assertThat(dry.err()).contains("--dry-run goes with --repair");
  }

  private String reconcile(String... more) {
    LoaderPlace.Answer answer = place.ask("reconcile --any-rows --grace 0s", more);
    return answer.code() + ": " + readable(answer.out());
  }

  private String readable(String text) {
    return text.replace(folder.toString(), "FOLDER")
        .replace(table.toString(), "TABLE")
        .replaceAll("of [0-9]+ bytes\\n", "of BYTES bytes\n");
  }
}
