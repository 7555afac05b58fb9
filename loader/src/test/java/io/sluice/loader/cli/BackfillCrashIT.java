package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderPlace.Answer;
import io.sluice.loader.stack.LoaderProcess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code backfill} as a process that is killed and stopped, and beside the daemon. */
class BackfillCrashIT {
  private static final int INTERVALS = 120;

  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final List<TableName> tables =
      List.of(place.newTable("one"), place.newTable("two"), place.newTable("three"));

  @Test
  void endsExactAfterTwoKillsAStopAndBesideTheDaemon() {
    for (int id = 1; id <= INTERVALS; id++) {
      place.landed().landForAll(tables, id + ",x");
    }
    place.makeLedger();
    place.configure(
        "loader.copy { max-batches = 4, max-wait = 1s }", "loader.catch-up.interval = 200ms");

    for (long kill = 1; kill <= 2; kill++) {
      LoaderProcess killed = place.begin("backfill", "--all", "--max-concurrency", "2");
      awaitBatches(kill * 40);
      killed.kill();
    }
    LoaderProcess stopped = place.begin("backfill", "--all", "--max-concurrency", "2");
    awaitBatches(120);
    assertThat(stopped.stop()).isEqualTo(143);
    assertThat(stopped.log())
        .contains("  stopped  ")
        .contains("run the same command again to go on");

    LoaderProcess daemon = place.start().awaitReady();
    Answer rest = place.ask("backfill", "--all", "--output", "json");
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(daemon.stop()).isZero();

    for (TableName table : tables) {
      assertThat(place.sql().rows("SELECT COUNT(*), COUNT(DISTINCT id) FROM " + table))
          .containsExactly(INTERVALS + "," + INTERVALS);
    }
    Answer proof = place.ask("reconcile", "--grace", "0s", "--any-rows");
    assertThat(proof.code()).as(proof.out()).isZero();
  }

  private void awaitBatches(long least) {
    String loaded = "SELECT COUNT(*) FROM " + place.ledger();
    await()
        .atMost(LoaderProcess.PATIENCE)
        .until(() -> Long.parseLong(place.sql().rows(loaded).get(0)) >= least);
  }
}
