package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A warehouse that goes back to an earlier moment below the built loader, which goes on. */
@EnabledIfSystemProperty(named = "loads.long", matches = "true")
class RestoredWarehouseIT {
  /** A loader remembers for ten minutes what it has loaded. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(12);

  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");

  @Test
  void loadsWhatTheRestoreTookOnceTheLoaderHasForgottenIt() {
    LoaderProcess loader = place.start();
    place.announce(table, "1,x");
    place.awaitIds(table, "1");
    String kept = place.sql().rows("SELECT load_id FROM " + place.ledger()).get(0);
    place.announce(table, "2,x");
    place.awaitIds(table, "1", "2");
    place.queues().awaitMessages(0);

    place.sql().execute("DELETE FROM " + table + " WHERE id = 2");
    place.sql().execute("DELETE FROM " + place.ledger() + " WHERE load_id <> '" + kept + "'");
    assertThat(repair()).isEqualTo(3);
    place.queues().awaitMessages(0);
    assertThat(place.ids(table)).as("the loader takes it for loaded still").containsExactly("1");

    await()
        .atMost(FORGOTTEN)
        .pollInterval(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              repair();
              assertThat(place.ids(table)).containsExactly("1", "2");
            });
    await().atMost(LoaderProcess.PATIENCE).until(() -> repair() == 0);
    place.queues().awaitMessages(0);
    assertThat(place.ids(table)).containsExactly("1", "2");
    assertThat(loader.stop()).isZero();
  }

  /** Its exit code: 3 while anything is missing. */
  private int repair() {
    return place.ask("reconcile --repair --grace 0s").code();
  }
}
