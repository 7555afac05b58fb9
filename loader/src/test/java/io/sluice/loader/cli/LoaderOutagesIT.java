package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.aws.FaultControl.Order;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.Sql;
import io.sluice.loader.store.LandedFolder;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the built loader does while one of the things around it does not do its part. */
class LoaderOutagesIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");
  private final TableName other = place.newTable("others");

  @Test
  void loadsTheOthersWhileTheDeadLetterQueueTakesNothing() {
    Order refusal =
        place
            .stack()
            .faults()
            .order(
                FaultOrder.of(StandIn.SQS, Fault.INTERNAL_ERROR)
                    .at("SendMessage")
                    .on(nameOf(place.queues().deadLetterUrl()))
                    .always());
    place.queues().send("not json at all");
    place.announce(table, "1,x");

    LoaderProcess loader = place.start();

    place.awaitIds(table, "1");
    loader.awaitLog("nor moved to the dead-letter queue, it comes again within 30s");
    assertThat(place.queues().deadLetters()).isEmpty();

    refusal.close();
    await()
        .atMost(LoaderProcess.PATIENCE)
        .untilAsserted(() -> assertThat(place.queues().deadLetters()).hasSize(1));
    place.queues().awaitMessages(0);
  }

  @Test
  void loadsFromOtherBucketsWhileOneDoesNotAnswer() {
    String silentBucket = place.stack().newBucket();
    LandedFolder silent =
        new LandedFolder(
            new S3ObjectStore(place.stack().s3(), silentBucket),
            BatchFolder.parse("s3://" + silentBucket + "/y"));
    place.configure(
        "loader.batch-folders = [\"%s\", \"%s\"]"
            .formatted(silent.folder(), place.landed().folder()));
    LoaderProcess loader = place.start().awaitReady();
    Order silence =
        place
            .stack()
            .faults()
            .order(
                FaultOrder.of(StandIn.S3, Fault.HOLD)
                    .at("GetObject")
                    .on(silentBucket + "/*")
                    .always()
                    .lasting(Duration.ofMinutes(10)));

    place.queues().send(silent.land(other, "2,x"));
    place.announce(table, "1,x");
    place.awaitIds(table, "1");
    place.landed().land(table, "3,x");
    place.awaitIds(table, "1", "3");
    assertThat(place.ids(other)).isEmpty();

    silence.close();
    place.awaitIds(other, "2");
    place.queues().awaitMessages(0);
    assertThat(loader.stop()).isZero();
  }

  @Test
  void loadsAsManyBatchesAsBeforeWhenTheLockCameTooLate() throws Exception {
    place.configure("loader.warehouse.lock-timeout = 1s");
    LoaderProcess loader = place.start().awaitReady();
    try (Sql.Lock lock = place.sql().lock(place.lockOf(table))) {
      place.announce(table, "1,x");
      place.announce(table, "2,x");
      loader.awaitLog("another load of " + table + " did not end within 1s");
      await().atMost(LoaderProcess.PATIENCE).until(() -> place.queues().hiddenMessages() == 2);
      await().atMost(LoaderProcess.PATIENCE).until(lock::isWaitedFor);
    }

    place.awaitIds(table, "1", "2");
    loader.awaitLog(" of " + table + ": 2 batches, ");
    place.announce(other, "3,x");
    place.awaitIds(other, "3");
  }

  private static String nameOf(String queue) {
    return queue.substring(queue.lastIndexOf('/') + 1);
  }
}
