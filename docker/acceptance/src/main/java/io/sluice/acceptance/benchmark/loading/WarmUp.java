package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.Message;
import io.sluice.acceptance.benchmark.loading.LandedEvents.Size;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks the stand-ins everything so often that their JVM has compiled what answers, before anything
 * is timed. HotSpot compiles a method for good after some 5,000 calls; a round of a benchmark makes
 * a few hundred requests of a kind, so that the compiler would take a core from one round or
 * another for as long as the benchmark runs, and most from the way that asks the most different
 * things.
 */
final class WarmUp {
  private static final int REQUESTS = 6_000;
  private static final int FILES = 1_000;
  private static final TableName TABLE = TableName.parse("public.warm_up");

  private WarmUp() {}

  /** Leaves a folder, a queue and a table that nobody else knows. */
  static void of(Stand stand) throws SQLException {
    BatchFolder folder = stand.folder("warm-up");
    warehouse(stand, folder);
    bucket(stand.store(), folder);
    queue(stand.clients().sqs(), stand.queue("warm-up"));
  }

  private static void warehouse(Stand stand, BatchFolder folder) throws SQLException {
    stand.execute(EventRows.ddl(TABLE));
    LandedEvents files = new LandedEvents(stand, folder, TABLE, new Size(FILES, 1, 1));
    String copy = RawCopy.of(TABLE, files.putCopyManifests(FILES).get(0));
    try (Connection connection = stand.clients().warehouse();
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < REQUESTS; file += FILES) {
        statement.execute(copy);
      }
      connection.setAutoCommit(false);
      for (int i = 0; i < REQUESTS; i++) {
        statement.execute("select event_id from " + TABLE + " limit 1");
        connection.commit();
      }
    }
  }

  private static void bucket(ObjectStore store, BatchFolder folder) {
    for (int i = 0; i < REQUESTS; i++) {
      store.put(folder.key("object-" + i % FILES), "{}".getBytes(UTF_8));
    }
  }

  private static void queue(AmazonSQS sqs, String queue) {
    for (int i = 0; i < REQUESTS; i++) {
      sqs.sendMessage(queue, "{}");
      for (Message message : sqs.receiveMessage(queue).getMessages()) {
        sqs.deleteMessage(queue, message.getReceiptHandle());
      }
    }
  }
}
