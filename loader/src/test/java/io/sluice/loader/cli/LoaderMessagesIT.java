package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.PurgeQueueRequest;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built loader does with messages that are bad, lost, or of a table that cannot load. */
class LoaderMessagesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String queue = stack.newQueue();
  private final String deadLetters = stack.newQueue();
  private final TableName table = TableName.parse(LoaderStack.newName("things"));
  private final TableName other = TableName.parse(LoaderStack.newName("others"));
  private final String schema = LoaderStack.newName("ledger");
  private final String bucket = stack.newBucket();
  private final LandedFolder landed =
      new LandedFolder(
          new S3ObjectStore(stack.s3(), bucket), BatchFolder.parse("s3://" + bucket + "/x"));

  @TempDir private Path folder;
  private LoaderProcess loaders;
  private ChildProcess loader;

  @BeforeEach
  void start() throws IOException {
    for (TableName each : List.of(table, other)) {
      sql.execute("CREATE TABLE " + each + " (id BIGINT, name VARCHAR(64))");
    }
    loaders = new LoaderProcess(stack, folder);
    assertThat(loaders.run("init", "--config", config())).startsWith("0: ");
    loader = loaders.start("run", "--config", config());
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains("loading ["));
  }

  @AfterEach
  void stop() {
    if (loader != null) {
      loader.close();
    }
  }

  @Test
  void movesBadMessagesAwayWithTheReasonAndLoadsTheOthers() {
    stack.sqs().sendMessage(queue, "not json at all");
    BatchFolder elsewhere = BatchFolder.parse("s3://elsewhere/x");
    send(new ManifestMessage(elsewhere, 1, table, 1, 1, 1, Instant.EPOCH, Instant.EPOCH));
    send(landed.land(table, "1,x"));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(table)).containsExactly("1"));
    Map<String, String> reasons = new TreeMap<>();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(readDeadLetters(reasons)).hasSize(2));

    assertThat(reasons.values())
        .anySatisfy(reason -> assertThat(reason).contains("not a manifest message of Sluice"))
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .isEqualTo(elsewhere + " is none of this loader's batch-folders"));
    await().atMost(PATIENCE).until(() -> messages() == 0);
  }

  @Test
  void loadsWhatThePurgeOfTheQueueTook() throws Exception {
    try (Sql.Lock lock = sql.lock(table)) {
      send(landed.land(table, "1,x"));
      await().atMost(PATIENCE).until(lock::isWaitedFor);
      for (int i = 2; i <= 9; i++) {
        send(landed.land(table, i + ",x"));
      }
      stack.sqs().purgeQueue(new PurgeQueueRequest(queue));
      landed.land(table, "10,x");
    }

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(table)).hasSize(10));
    assertThat(ids(table)).doesNotHaveDuplicates();
  }

  /** With one turn, and beside a table that cannot load. */
  @Test
  void keepsTheMessagesOfATableThatCannotLoadAndLoadsTheOthers() {
    sql.execute("DROP TABLE " + other);
    for (int i = 1; i <= 5; i++) {
      landed.landForAll(List.of(table, other), i + ",x").forEach(this::send);
    }

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids(table)).hasSize(5));
    await().atMost(PATIENCE).until(() -> LoaderProcess.log(loader).contains(other + " is paused"));
    await().atMost(PATIENCE).until(() -> messages() == 5);

    sql.execute("CREATE TABLE " + other + " (id BIGINT, name VARCHAR(64))");
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> messages() == 0);
    assertThat(ids(other)).containsExactly("1", "2", "3", "4", "5");
  }

  private Map<String, String> readDeadLetters(Map<String, String> reasons) {
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(deadLetters)
            .withMessageAttributeNames("All")
            .withMaxNumberOfMessages(10);
    for (Message message : stack.sqs().receiveMessage(request).getMessages()) {
      reasons.put(
          message.getMessageId(),
          message.getMessageAttributes().get("sluice-reason").getStringValue());
    }
    return reasons;
  }

  private String config() throws IOException {
    Path file = folder.resolve("loader.conf");
    Files.writeString(
        file,
        """
        loader {
          queue { url = "%s", dead-letter-url = "%s" }
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
          copy { max-wait = 200ms, min-interval = 500ms, max-concurrency = 1 }
          health.port = 0
          tables = [{ name = "%s" }, { name = "%s" }]
          catch-up.interval = 1s
          shutdown.grace = 5s
        }
        """
            .formatted(
                queue,
                deadLetters,
                bucket,
                stack.endpoints().s3(),
                stack.endpoints().sqs(),
                stack.redshift().url(),
                stack.redshift().user(),
                stack.redshift().password(),
                schema,
                table,
                other));
    return file.toString();
  }

  private void send(ManifestMessage message) {
    stack.sqs().sendMessage(queue, ContractJson.write(message));
  }

  private List<String> ids(TableName of) {
    return sql.rows("SELECT id FROM " + of + " ORDER BY id");
  }

  /** Hidden ones included. */
  private long messages() {
    return stack
        .sqs()
        .getQueueAttributes(
            queue, List.of("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
        .getAttributes()
        .values()
        .stream()
        .mapToLong(Long::parseLong)
        .sum();
  }
}
