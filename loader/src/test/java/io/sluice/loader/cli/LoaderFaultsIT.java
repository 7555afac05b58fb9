package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.aws.FaultControl.Order;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with files and tables, a table for each, while one built loader loads them all. */
class LoaderFaultsIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName changed = place.newTable("changed");
  private final TableName wrong = place.newTable("wrong");
  private final TableName gone = place.newTable("gone");
  private final TableName slow = place.newTable("slow");

  @Test
  void setsAsidePutsOffPausesAndHalvesEachTableAlone() {
    place.configure(
        """
        loader.tables = [
          { name = "%s" }
          { name = "%s", load.max-bad-files = 2 }
          { name = "%s" }
          { name = "%s", load.statement-timeout = 2s }
        ]
        """
            .formatted(changed, wrong, gone, slow));
    place.announce(changed, "1,x");
    place.queues().send(place.landed().landPromising(5, changed, "2,x"));
    List.of("one,x", "two,x", "three,x").forEach(line -> place.announce(wrong, line));
    place.announce(gone, "1,x");
    ManifestMessage missing = place.announce(gone, "2,x");
    place
        .stack()
        .s3()
        .deleteObject(place.landed().folder().bucket(), place.landed().fileKey(missing));
    List.of("1,x", "2,x", "3,x", "4,x").forEach(line -> place.announce(slow, line));
    Order slowness =
        place
            .stack()
            .faults()
            .order(
                FaultOrder.of(StandIn.REDSHIFT, Fault.SLOW_COPY)
                    .at("COPY")
                    .on(slow.table())
                    .always()
                    .lasting(Duration.ofMinutes(1)));

    LoaderProcess loader = place.start();

    loader.awaitLog(slow + ": load ");
    slowness.close();
    place.awaitIds(slow, "1", "2", "3", "4");
    assertThat(loader.log())
        .containsPattern("WARN .* " + slow + ": load \\S+: cannot copy .* try 2 in ")
        .containsPattern("load \\S+ of " + slow + ": 2 batches, ");

    place.awaitIds(changed, "1");
    await().atMost(LoaderProcess.PATIENCE).until(() -> quarantined(changed).size() == 1);
    assertThat(quarantined(changed).get(0))
        .contains("COPY took 1 rows")
        .contains("the manifests promise 5");

    place.awaitIds(gone, "1");
    loader.awaitLog("#7/" + gone + " is refused: ");
    assertThat(quarantined(gone)).isEmpty();

    loader.awaitLog(wrong + " is paused: ");
    assertThat(quarantined(wrong)).hasSize(2);
    assertThat(place.ids(wrong)).isEmpty();

    assertThat(loader.stop()).isZero();
    assertThat(place.queues().messages()).as("one of gone and one of wrong are kept").isEqualTo(2);
  }

  private List<String> quarantined(TableName table) {
    return place
        .sql()
        .rows(
            "SELECT reason FROM %s WHERE state = 'quarantined' AND table_name = '%s'"
                .formatted(place.ledger(), table));
  }
}
