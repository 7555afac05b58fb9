package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.LandedFolder;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built loader as a process, against the real driver, SQS and S3 protocols. */
class LoaderProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String queue = stack.newQueue();
  private final TableName table = TableName.parse(LoaderStack.newName("things"));
  private final String schema = LoaderStack.newName("ledger");
  private final String bucket = stack.newBucket();
  private final LandedFolder landed =
      new LandedFolder(
          new S3ObjectStore(stack.s3(), bucket), BatchFolder.parse("s3://" + bucket + "/x"));

  @TempDir private Path folder;
  private LoaderProcess loaders;
  private ChildProcess loader;

  @BeforeEach
  void createTable() {
    sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
    loaders = new LoaderProcess(stack, folder);
  }

  @AfterEach
  void stop() {
    if (loader != null) {
      loader.close();
    }
  }

  @Test
  void loadsOnceThroughDuplicatesAndALostMessageAndEndsWithZero() throws IOException {
    init();
    for (int i = 1; i <= 30; i++) {
      ManifestMessage message = landed.land(table, i + ",x");
      if (i != 7) {
        send(message);
      }
      if (i % 3 == 0) {
        send(message);
      }
    }
    landed.takeOver();

    loader = run("5s");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids()).isEqualTo(numbers(30)));
    await().atMost(PATIENCE).until(() -> messages() == 0);
    send(landed.land(table, "31,x"));
    await().atMost(PATIENCE).until(() -> messages() == 0);
    assertThat(ids()).isEqualTo(numbers(31));
    assertThat(sql.rows("SELECT COUNT(*), SUM(row_count) FROM " + schema + ".ledger"))
        .containsExactly("31,31");
    assertThat(loader.terminate(PATIENCE)).isZero();
    assertThat(LoaderProcess.log(loader))
        .containsPattern(
            "INFO .*load [0-9TZ.]+-[0-9a-f]{16} of %s: \\d+ batches, \\d+ files, \\d+ rows, \\d+ bytes in PT\\S+, freshness PT"
                .formatted(table))
        .contains("stopped, 0 messages given back");
  }

  @Test
  void breaksOffACopyOnSigtermAndTheNextLoaderLoadsOnce() throws Exception {
    init();
    loader = runUntilReady("1s");

    try (Sql.Lock lock = sql.lock(table)) {
      send(landed.land(table, "1,x"));
      await().atMost(PATIENCE).until(lock::isWaitedFor);
      assertThat(loader.terminate(PATIENCE)).isZero();
    }
    assertThat(LoaderProcess.log(loader)).contains("the grace is over");
    assertThat(ids()).isEmpty();

    loader = run("30s");
    await().atMost(PATIENCE).until(() -> messages() == 0);
    assertThat(ids()).containsExactly("1");
  }

  @Test
  void finishesACopyOnSigtermWithinTheGrace() throws Exception {
    init();
    loader = runUntilReady("30s");

    try (Sql.Lock lock = sql.lock(table)) {
      send(landed.land(table, "1,x"));
      await().atMost(PATIENCE).until(lock::isWaitedFor);
      ProcessHandle.of(loader.pid()).orElseThrow().destroy();
      await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains("stopping"));
    }

    assertThat(loader.awaitExit(PATIENCE)).isZero();
    assertThat(ids()).containsExactly("1");
    assertThat(messages()).isZero();
  }

  @Test
  void loadsOnceAfterAKillInMidCopyAndAKillBeforeTheDelete() throws Exception {
    init();
    ManifestMessage message;
    loader = runUntilReady("30s");

    try (Sql.Lock lock = sql.lock(table)) {
      message = landed.land(table, "1,x");
      send(message);
      await().atMost(PATIENCE).until(lock::isWaitedFor);
      loader.kill();
    }
    loader = run("30s");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids()).containsExactly("1"));
    loader.kill();

    // What a kill between commit and delete leaves: the batch in the ledger, its message queued.
    send(message);
    loader = run("30s");
    String deleted = "batches of " + table + " were in the ledger already";
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains(deleted));
    assertThat(ids()).containsExactly("1");
    assertThat(sql.rows("SELECT COUNT(*) FROM " + schema + ".ledger")).containsExactly("1");
  }

  @Test
  void setsABadFileAsideWithCopysReasonAndLoadsTheOthers() throws IOException {
    init();
    send(landed.land(table, "1,x"));
    send(landed.land(table, "two,x"));
    send(landed.land(table, "3,x"));

    loader = run("5s");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids()).containsExactly("1", "3"));
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains("are in quarantine"));
    assertThat(LoaderProcess.log(loader))
        .contains("part-00000-attempt.csv.zst, line 1, column id: Invalid digit")
        .doesNotContain("two");
    assertThat(
            sql.rows(
                "SELECT manifest_number, row_count, error_line, error_column, error_value FROM "
                    + schema
                    + ".ledger WHERE state = 'quarantined'"))
        .containsExactly("2,1,1,id,two");
    assertThat(loader.terminate(PATIENCE)).isZero();
    assertThat(messages()).isZero();
  }

  @Test
  void makesTheLedgerAsOftenAsOneLikes() throws IOException {
    assertThat(init()).startsWith("0: ").contains("are in schema " + schema);
    assertThat(init()).startsWith("0: ").contains("are in schema " + schema);
  }

  @Test
  void tellsToRunInitFirst() throws IOException {
    assertThat(loaders.run("run", "--config", config("5s", "")))
        .startsWith("2: ")
        .contains("run sluice-loader init with the same settings");
  }

  @Test
  void namesAMissingTableAndAWrongPasswordOnOneLineEach() throws IOException {
    init();
    sql.execute("DROP TABLE " + table);

    assertThat(loaders.run("run", "--config", config("5s", "")))
        .startsWith("2: sluice-loader: ")
        .contains("does not exist")
        .contains("create the table, or take it out of tables")
        .doesNotContain("\tat ");
    assertThat(loaders.run("run", "--config", config("5s", "loader.warehouse.password = nonsense")))
        .startsWith("2: sluice-loader: cannot connect to jdbc:redshift:")
        .contains("check warehouse.user and warehouse.password")
        .doesNotContain("nonsense")
        .doesNotContain("\tat ");
  }

  private String init() throws IOException {
    return loaders.run("init", "--config", config("5s", ""));
  }

  /** Past the checks at the start, which would wait for a table that the test locks. */
  private ChildProcess runUntilReady(String grace) throws IOException {
    ChildProcess ready = run(grace);
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(ready).contains("loading ["));
    return ready;
  }

  private ChildProcess run(String grace) throws IOException {
    return loaders.start("run", "--config", config(grace, ""));
  }

  private String config(String grace, String more) throws IOException {
    Path file = folder.resolve("loader.conf");
    Files.writeString(
        file,
        """
        loader {
          queue.url = "%s"
          batch-folders = ["s3://%s/x"]
          aws {
            region = us-east-1
            s3 { endpoint = "%s", path-style = true }
            sqs.endpoint = "%s"
          }
          warehouse {
            url = "%s"
            user = "%s"
            password = "%s"
            iam-role = "arn:aws:iam::123456789012:role/copy"
            ledger.schema = %s
          }
          copy { max-wait = 200ms, min-interval = 0s }
          tables = [{ name = "%s" }]
          catch-up.interval = 1s
          health.port = 0
          shutdown.grace = %s
        }
        %s
        """
            .formatted(
                queue,
                bucket,
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.redshift().url(),
                stack.redshift().user(),
                stack.redshift().password(),
                schema,
                table,
                grace,
                more));
    return file.toString();
  }

  private void send(ManifestMessage message) {
    stack.sqs().sendMessage(queue, ContractJson.write(message));
  }

  private List<String> ids() {
    return sql.rows("SELECT id FROM " + table + " ORDER BY id");
  }

  private static List<String> numbers(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(Long::toString).toList();
  }

  /** Hidden ones included. */
  private long messages() {
    Map<String, String> counts =
        stack
            .sqs()
            .getQueueAttributes(
                queue,
                List.of("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
            .getAttributes();
    return counts.values().stream().mapToLong(Long::parseLong).sum();
  }
}
