package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderPlace.Answer;
import io.sluice.loader.store.LandedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code backfill} as an operator runs it. */
class BackfillIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName first = place.newTable("first");
  private final TableName second = place.newTable("second");
  private final BatchFolder folder = place.landed().folder();

  @BeforeEach
  void makeLedger() {
    place.makeLedger();
  }

  @Test
  void loadsWhatTheLedgerHasNotAndOnlyThat() {
    land(6);

    Answer preview = place.ask("backfill", "--all", "--manifest", "1..4", "--dry-run");
    assertThat(told(preview))
        .isEqualTo(
            """
            0: TABLE IN LEDGER  LOADS  BATCHES  FILES  ROWS  BYTES  FIRST MANIFEST  LAST MANIFEST
            FIRST 0      1        4      4     4   N B               1              4
            SECOND 0      1        4      4     4   N B               1              4
            """);
    assertThat(place.ids(first)).isEmpty();

    Answer part =
        place.ask("backfill", "-t", first.toString(), "--manifest", "2..4", "--output", "csv");
    assertThat(told(part))
        .isEqualTo(
            """
            0: table,state,batches,in_ledger,refused,quarantined_files,left,rows,bytes,loads,time_seconds,rows_per_second
            FIRST,done,3,0,0,0,0,3,N,1,T
            """);
    assertThat(place.ids(first)).containsExactly("2", "3", "4");
    assertThat(place.ids(second)).isEmpty();

    Answer all = place.ask("backfill", "--all", "--output", "csv");
    assertThat(told(all)).contains("FIRST,done,3,3,0,0,0,3,N,1,T\n", "SECOND,done,6,0,");
    assertThat(place.ids(first)).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(told(place.ask("backfill", "--all", "--output", "csv")))
        .contains("FIRST,done,0,6,0,0,0,0,N,0,T\n");
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
  }

  @Test
  void tellsWhatIsLeftAndWhy() {
    land(3);
    place.configure(
        "loader.tables = [{ name = \"%s\" }, { name = \"%s\", windows = [{ cron = \"* * * * *\", duration = 5m }] }]"
            .formatted(first, second));
    place.ask("pause", "--table", first.toString(), "--reason", "a rebuild", "--by", "ann");

    Answer answer = place.ask("backfill", "--all", "--output", "csv");
    assertThat(told(answer))
        .startsWith("1: ")
        .contains("FIRST,paused,0,0,0,0,3,0,N,0,T\n", "SECOND,window,0,0,0,0,3,0,N,0,T\n");
    assertThat(told(answer.err()))
        .contains("FIRST is paused by ann: a rebuild; run sluice-loader resume, and this again")
        .contains("SECOND: its maintenance window is open until ")
        .contains("run the same command again to go on");

    place.ask("resume", "--table", first.toString());
    assertThat(place.ask("backfill", "--all", "--ignore-windows").code()).isZero();
    assertThat(place.ids(second)).containsExactly("1", "2", "3");
  }

  @Test
  void tellsWhatWentToQuarantine() {
    place.landed().land(first, "1,one");
    place.landed().land(first, "two,two");
    place.landed().land(first, "3,three");

    Answer answer = place.ask("backfill", "-t", first.toString(), "--output", "csv");

    assertThat(told(answer)).startsWith("3: ").contains("FIRST,done,3,0,0,1,0,2,N,");
    assertThat(answer.err()).contains("1 rows are in quarantine, the rest of batch ");
    assertThat(place.ids(first)).containsExactly("1", "3");
  }

  @Test
  void loadsIntoAnotherTableWithAnIdentityOfItsOwn() {
    land(4);
    place.ask("backfill", "-t", first.toString());
    TableName other = TableName.parse(first + "_again");
    place.sql().execute("CREATE TABLE " + other + " (id BIGINT, name VARCHAR(64))");

    String[] options = {
      "-t", first.toString(), "--manifest", "2..3", "--into", other.toString(), "--output", "csv"
    };
    assertThat(told(place.ask("backfill", options))).contains("FIRST_again\",done,2,0,");
    assertThat(told(place.ask("backfill", options))).contains("FIRST_again\",done,0,2,");

    assertThat(place.ids(other)).containsExactly("2", "3");
    assertThat(place.ids(first)).hasSize(4);
    assertThat(place.ask("backfill", "-t", first.toString(), "--into", second.toString()).err())
        .contains("--into: " + second + " is a table of the settings");
  }

  @Test
  void reloadsWholeLoadsInTheirPlace() {
    land(6);
    String[] one = {"-t", first.toString(), "--manifest"};
    assertThat(place.ask("backfill", with(one, "3..4", "--reload")).err())
        .contains("has no load-column in its settings")
        .contains("--into another table");
    place.sql().execute("ALTER TABLE " + first + " ADD COLUMN sluice_load VARCHAR(64)");
    place.configure(
        "loader.tables = [{ name = \"%s\", load-column = sluice_load }]".formatted(first));
    place.ask("backfill", with(one, "1..3"));
    place.ask("backfill", with(one, "4..5"));
    List<String> before = loads();
    place.sql().execute("UPDATE %s SET name = 'changed' WHERE id = 2".formatted(first));

    assertThat(place.ask("backfill", with(one, "3..6", "--reload")).err())
        .contains("is only partly in ")
        .contains("use --batch-folder " + folder + " --manifest 1..6, or --widen");
    assertThat(told(place.ask("backfill", with(one, "1..6", "--reload", "--dry-run", "-o", "csv"))))
        .endsWith("FIRST,5,1,1,1,1,13,6,6,2,5,5\n");
    assertThat(loads()).isEqualTo(before);

    Answer reloaded = place.ask("backfill", with(one, "3..6", "--reload", "--widen", "-o", "csv"));
    assertThat(told(reloaded)).startsWith("0: ").contains("FIRST,done,6,0,0,0,0,6,N,2,");
    assertThat(place.ids(first)).containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(loads()).doesNotContainAnyElementsOf(before).hasSize(2);
    assertThat(place.sql().rows("SELECT name FROM %s WHERE id = 2".formatted(first)))
        .containsExactly("x");
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");

    place.sql().execute("DELETE FROM %s WHERE id = 2".formatted(first));
    Answer changed = place.ask("backfill", with(one, "1..5", "--reload"));
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err()).contains(" rows of load ").contains("the ledger says 5");
    assertThat(place.ids(first)).containsExactly("1", "3", "4", "5", "6");
  }

  @Test
  void takesAFileForLoadedOfWhichOnlyRowsWereGivenUp() {
    tellLoads(", load.max-error = 10");
    ManifestMessage typo = place.landed().land(first, "1,one", "two,two", "3,three");
    place.landed().land(first, "4,four");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isEqualTo(3);
    String[] discard = {"-t", first.toString(), "--reason", "a typo", "--by", "ann"};
    assertThat(place.ask("quarantine discard", discard).code()).isZero();
    place.stack().s3().deleteObject(folder.bucket(), place.landed().fileKey(typo));

    Answer reloaded =
        place.ask("backfill", "-t", first.toString(), "--manifest", "1..2", "--reload");

    assertThat(reloaded.code()).isNotZero();
    assertThat(place.ids(first)).containsExactly("1", "3", "4");
  }

  @Test
  void keepsOutOfAReloadWhatWasGivenUp() {
    tellLoads("");
    place.landed().landFiles(first, List.of("1,one", "two,x"));
    place.ask("backfill", "-t", first.toString());
    String[] discard = {"-t", first.toString(), "--reason", "rows of a test", "--by", "ann"};
    assertThat(place.ask("quarantine discard", discard).code()).isZero();
    place.sql().execute("ALTER TABLE " + first + " ALTER COLUMN id TYPE VARCHAR(20)");

    Answer reloaded = place.ask("backfill", "-t", first.toString(), "--manifest", "1", "--reload");

    assertThat(reloaded.code()).isZero();
    assertThat(place.ids(first)).containsExactly("1");
    assertThat(place.ask("quarantine list", "--all", "-o", "csv").out())
        .contains("discarded by ann at ")
        .contains(": rows of a test; was: ");
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
  }

  @Test
  void aReloadLeavesNoRowOutThatIsInTheTable() {
    tellLoads(", load { max-error = 10, truncate-columns = true }");
    place.landed().land(first, "1,one", "2," + "w".repeat(80), "3,three");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isZero();
    place.configure(toldLoads(", load.max-error = 10"));

    Answer reloaded = place.ask("backfill", "-t", first.toString(), "--manifest", "1", "--reload");

    assertThat(reloaded.code()).isNotZero();
    assertThat(reloaded.err()).contains("COPY left 1 rows of s3://").contains("would go");
    assertThat(place.ids(first)).containsExactly("1", "2", "3");
  }

  private void tellLoads(String more) {
    place.sql().execute("ALTER TABLE " + first + " ADD COLUMN load_id VARCHAR(64)");
    place.configure(toldLoads(more));
  }

  private String toldLoads(String more) {
    return "loader.tables = [{ name = \"%s\", load-column = load_id%s }]".formatted(first, more);
  }

  /** Each batch is a load of its own, and the retry of two files joins the first with the third. */
  @Test
  void reloadsTogetherWhatARetryHasJoinedHoweverLargeThatIs() {
    tellLoads(", copy.max-batches = 1");
    place.landed().landFiles(first, List.of("1,one", "two,x"));
    place.landed().land(first, "3,three");
    place.landed().landFiles(first, List.of("4,four", "five,x"));
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isEqualTo(3);
    place.sql().execute("ALTER TABLE " + first + " ALTER COLUMN id TYPE VARCHAR(20)");
    assertThat(place.ask("quarantine retry", "--table", first.toString()).code()).isZero();
    List<String> before = loads("load_id");
    assertThat(before).hasSize(4);
    String then = Instant.now().toString();
    place.landed().land(first, "6,six");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isZero();

    String[] whatThereWas = {
      "-t", first.toString(), "--manifest", "1..4", "--reload", "--loaded-before", then, "-o", "csv"
    };
    Answer reloaded = place.ask("backfill", whatThereWas);

    assertThat(told(reloaded)).startsWith("0: ").contains("FIRST,done,3,1,0,0,0,5,N,2,");
    assertThat(place.ids(first)).containsExactlyInAnyOrder("1", "3", "4", "6", "five", "two");
    assertThat(loads("load_id")).hasSize(3).doesNotContainAnyElementsOf(before);
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
  }

  @Test
  void widensAReloadToOtherFolders() {
    BatchFolder other = BatchFolder.parse("s3://" + folder.bucket() + "/other");
    LandedFolder more =
        new LandedFolder(new S3ObjectStore(place.stack().s3(), other.bucket()), other);
    tellLoads("");
    place.configure(
        toldLoads(""), "loader.batch-folders = [\"%s\", \"%s\"]".formatted(folder, other));
    place.landed().land(first, "1,one");
    more.land(first, "2,two");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isZero();
    assertThat(loads("load_id")).hasSize(1);
    String[] reload = {
      "-t", first.toString(), "--batch-folder", folder.toString(), "--manifest", "1", "--reload"
    };

    Answer refused = place.ask("backfill", reload);
    List<String> before = loads("load_id");
    Answer widened = place.ask("backfill", with(reload, "--widen"));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("is only partly in ")
        .contains("for it also has " + other + "#1")
        .contains("--widen takes such loads whole");
    assertThat(widened.code()).as(widened.err()).isZero();
    assertThat(place.ids(first)).containsExactly("1", "2");
    assertThat(loads("load_id")).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
  }

  @Test
  void leavesWhatSomebodyHasReplacedAsItIs() {
    tellLoads(", copy.max-batches = 1");
    ManifestMessage bad = place.landed().land(first, "one,x", "2,two");
    place.landed().land(first, "3,three");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isEqualTo(3);
    byte[] repaired = "1,one\n2,two\n7,seven\n".getBytes(StandardCharsets.UTF_8);
    put(place.landed().fileKey(bad), Zstd.compress(repaired));
    String[] retry = {"--table", first.toString(), "--replaced"};
    Answer retried = place.ask("quarantine retry", retry);
    assertThat(retried.code()).as(retried.err() + retried.out()).isZero();
    List<String> before = loads("load_id");

    Answer reloaded =
        place.ask("backfill", "-t", first.toString(), "--manifest", "1..2", "--reload");

    assertThat(reloaded.code()).isEqualTo(3);
    assertThat(reloaded.err())
        .contains(" is not replaced: somebody has replaced [s3://")
        .contains("which have other rows than their manifests say. What to do: ");
    assertThat(place.ids(first)).containsExactly("1", "2", "3", "7");
    assertThat(loads("load_id")).hasSize(2).contains(before.get(1)).doesNotContain(before.get(0));
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
  }

  @Test
  void reloadsWhatWasInQuarantineAsWell() {
    place.sql().execute("ALTER TABLE " + first + " ADD COLUMN sluice_load VARCHAR(64)");
    place.sql().execute("ALTER TABLE " + first + " ALTER COLUMN name TYPE VARCHAR(8)");
    place.configure(
        "loader.tables = [{ name = \"%s\", load-column = sluice_load }]".formatted(first));
    place.landed().land(first, "1,short");
    place.landed().land(first, "2,rather long");
    assertThat(place.ask("backfill", "-t", first.toString()).code()).isEqualTo(3);
    place.sql().execute("ALTER TABLE " + first + " ALTER COLUMN name TYPE VARCHAR(64)");
    assertThat(place.ask("quarantine retry", "--table", first.toString()).code()).isZero();
    assertThat(place.ids(first)).containsExactly("1", "2");

    Answer reloaded =
        place.ask(
            "backfill", "-t", first.toString(), "--manifest", "1..2", "--reload", "-o", "csv");

    assertThat(told(reloaded)).startsWith("0: ").contains("FIRST,done,2,0,0,0,0,2,N,1,");
    assertThat(place.ids(first)).containsExactly("1", "2");
    assertThat(loads()).hasSize(1);
    Answer proof = place.ask("reconcile", "--deep", "--any-rows", "--grace", "0s");
    assertThat(proof.code()).as(proof.out()).isZero();
  }

  @Test
  void adoptsWhatSomethingElseHasLanded() {
    BatchFolder old = BatchFolder.parse("s3://" + folder.bucket() + "/old");
    put("old/things-1763787600000/part-00000.gz", gzip("1,\"one\nand more\"\n2,two\n"));
    put("old/things-1763787600000/part-00001.gz", gzip(""));
    put("old/things-1763787600000/_SUCCESS", new byte[0]);
    put("old/things-1763787610000/part-00000", "3,three".getBytes(StandardCharsets.UTF_8));
    put("old/things-1763787610000/.part-00000.crc", new byte[] {1});
    put("old/things-1763787610000/_SUCCESS", new byte[0]);
    put("old/things-1763787620000/part-00000", "4,four\n".getBytes(StandardCharsets.UTF_8));
    place.configure("loader.batch-folders = [\"%s\"]".formatted(old));
    String[] adopt = {"-t", first.toString(), "--batch-folder", old.toString(), "--adopt"};

    assertThat(told(place.ask("backfill", with(adopt, "--dry-run", "-o", "csv"))))
        .startsWith("3: ")
        .endsWith("s3://BUCKET/old,FIRST,2,0,1,0,3,70\n");
    Answer answer = place.ask("backfill", with(adopt, "-o", "csv"));

    assertThat(told(answer)).startsWith("3: ").contains("FIRST,done,2,0,0,0,0,3,N,");
    assertThat(answer.err())
        .contains("things-1763787620000 is left out: it has no _SUCCESS")
        .contains("2 intervals adopted, 0 were before; 2 files, 3 rows, ");
    assertThat(place.ids(first)).containsExactly("1", "2", "3");

    put("old/things-1763787620000/_SUCCESS", new byte[0]);
    assertThat(told(place.ask("backfill", with(adopt, "-o", "csv"))))
        .startsWith("0: ")
        .contains("FIRST,done,1,2,0,0,0,1,N,");
    assertThat(reconcile()).startsWith("0: ").endsWith("exact\n");
    land(1);
    assertThat(
            place
                .ask(
                    "backfill",
                    "-t",
                    first.toString(),
                    "--batch-folder",
                    folder.toString(),
                    "--adopt")
                .err())
        .contains(folder + " is the folder of the writer test (manifest 1)");
  }

  private void land(int intervals) {
    for (int id = 1; id <= intervals; id++) {
      place.landed().landForAll(List.of(first, second), id + ",x");
    }
  }

  private List<String> loads() {
    return loads("sluice_load");
  }

  private List<String> loads(String column) {
    return place.sql().rows("SELECT DISTINCT %s FROM %s ORDER BY 1".formatted(column, first));
  }

  private void put(String key, byte[] body) {
    place
        .stack()
        .s3()
        .putObject(folder.bucket(), key, new java.io.ByteArrayInputStream(body), null);
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String[] with(String[] some, String... more) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(some), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  private String reconcile() {
    Answer answer = place.ask("reconcile", "--grace", "0s", "--any-rows");
    return answer.code() + ": " + answer.out();
  }

  private String told(Answer answer) {
    return answer.code() + ": " + told(answer.out());
  }

  /** With placeholders for names, sizes, times and rates. */
  private String told(String words) {
    return words
        .replace(first.toString(), "FIRST")
        .replace(second.toString(), "SECOND")
        .replace(folder.bucket(), "BUCKET")
        .replaceAll("(?m)^TABLE +IN", "TABLE IN")
        .replaceAll("(FIRST|SECOND) +([0-9])", "$1 $2")
        .replaceAll("[0-9]+ B\\b", "N B")
        .replaceAll("([a-z]+(?:,[0-9]+){6}),[0-9]+,([0-9]+),[0-9.]+,([0-9.]*)(?=\n)", "$1,N,$2,T");
  }
}
