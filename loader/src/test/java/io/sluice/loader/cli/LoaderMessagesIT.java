package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.sqs.model.PurgeQueueRequest;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the built loader does with messages that are bad, lost, or of a table that cannot load. */
class LoaderMessagesIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");
  private final TableName other = place.newTable("others");
  private LoaderProcess loader;

  @BeforeEach
  void startWithOneTurn() {
    place.configure("loader.copy { min-interval = 500ms, max-concurrency = 1 }");
    loader = place.start().awaitReady();
  }

  @Test
  void movesBadMessagesAwayWithTheReasonAndLoadsTheOthers() {
    BatchFolder elsewhere = BatchFolder.parse("s3://elsewhere/x");
    place.queues().send("not json at all");
    place
        .queues()
        .send(
            ContractJson.write(
                new ManifestMessage(elsewhere, 1, table, 1, 1, 1, Instant.EPOCH, Instant.EPOCH)));
    place.announce(table, "1,x");

    place.awaitIds(table, "1");
    Map<String, String> reasons = new TreeMap<>();
    await()
        .atMost(LoaderProcess.PATIENCE)
        .untilAsserted(
            () -> {
              reasons.putAll(place.queues().deadLetters());
              assertThat(reasons).hasSize(2);
            });

    assertThat(reasons.values())
        .anySatisfy(reason -> assertThat(reason).contains("not a manifest message of Sluice"))
        .contains(elsewhere + " is none of this loader's batch-folders");
    place.queues().awaitMessages(0);
  }

  @Test
  void loadsWhatThePurgeOfTheQueueTook() throws Exception {
    try (Sql.Lock lock = place.sql().lock(table)) {
      place.announce(table, "1,x");
      await().atMost(LoaderProcess.PATIENCE).until(lock::isWaitedFor);
      for (int i = 2; i <= 9; i++) {
        place.announce(table, i + ",x");
      }
      place.stack().sqs().purgeQueue(new PurgeQueueRequest(place.queues().url()));
      place.landed().land(table, "10,x");
    }

    place.awaitIds(table, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
  }

  @Test
  void keepsTheMessagesOfATableThatCannotLoadAndLoadsTheOthers() {
    place.sql().execute("DROP TABLE " + other);
    for (int i = 1; i <= 5; i++) {
      place.landed().landForAll(List.of(table, other), i + ",x").forEach(place.queues()::send);
    }

    place.awaitIds(table, "1", "2", "3", "4", "5");
    loader.awaitLog(other + " is paused");
    place.queues().awaitMessages(5);

    place.create(other);
    place.queues().awaitMessages(0);
    assertThat(place.ids(other)).containsExactly("1", "2", "3", "4", "5");
  }
}
