package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More batches than the built loader holds of a table. */
@EnabledIfSystemProperty(named = "loads.long", matches = "true")
class FullBacklogIT {
  /** A backlog holds 10,000. */
  private static final int BATCHES = 10_300;

  /** Twenty loads of half a thousand files each, two seconds a load, four on a busy machine. */
  private static final Duration LONG = Duration.ofMinutes(5);

  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");

  /** Has room: when no table has, nothing is received. */
  private final TableName empty = place.newTable("nothings");

  @Test
  void parksTheMessagesThatFindNoRoomAndLoadsTheirBatchesFromTheLog() {
    place.makeLedger();
    String name = table.toString();
    assertThat(place.ask("pause", "--table", name, "--reason", "a rebuild").code()).isZero();
    landAndAnnounce();

    LoaderProcess loader = place.start();
    await().atMost(LONG).until(() -> place.queues().hiddenMessages() == BATCHES);
    assertThat(place.ask("resume", "--table", name).code()).isZero();

    String counts = "SELECT COUNT(*), COUNT(DISTINCT id) FROM " + table;
    await()
        .atMost(LONG)
        .until(() -> place.sql().rows(counts).equals(List.of(BATCHES + "," + BATCHES)));
    assertThat(loader.stop()).isZero();
    assertThat(place.ids(empty)).isEmpty();
    assertThat(place.queues().messages())
        .as("the parked ones stay hidden, and will be known")
        .isEqualTo(place.queues().hiddenMessages())
        .isBetween(300L, 2_300L);
  }

  private void landAndAnnounce() {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int id = 1; id <= BATCHES; id++) {
      String body = ContractJson.write(place.landed().land(table, id + ",x"));
      entries.add(new SendMessageBatchRequestEntry(Integer.toString(id), body));
      if (entries.size() == 10) {
        place.stack().sqs().sendMessageBatch(place.queues().url(), entries);
        entries.clear();
      }
    }
  }
}
