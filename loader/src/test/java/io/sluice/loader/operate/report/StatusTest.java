package io.sluice.loader.operate.report;

import static io.sluice.loader.operate.Landing.OTHER;
import static io.sluice.loader.operate.Landing.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.Exposition;
import io.sluice.loader.health.RunningLoader;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.operate.Landing;
import io.sluice.loader.operate.report.TableStatus.State;
import io.sluice.loader.operate.report.TableStatus.Waiting;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.warehouse.LedgerSums.SetAside;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.warehouse.Pause;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusTest {
  private final Landing landing = new Landing();
  private final InMemoryInbox inbox =
      new InMemoryInbox(landing.clock, Duration.ofSeconds(30), false);
  private final Map<TableName, TableRules> rules = new LinkedHashMap<>();
  private Optional<RunningLoader> loader = Optional.empty();

  StatusTest() {
    rules(TABLE, List.of(), Optional.empty());
    rules(OTHER, List.of(), Optional.empty());
  }

  @Test
  void tellsWhatWaitsAndWhatWasLoadedLast() {
    landing.load(landing.landed.land(TABLE, "1,a", "2,b"));
    landing.clock.advance(Duration.ofMinutes(90));
    landing.load(landing.landed.land(TABLE, "3,a"));
    ManifestMessage oldest = landing.landed.land(TABLE, "4,a", "5,b");
    ManifestMessage newest = landing.landed.land(TABLE, "6,c");

    StatusReport report = report();

    TableStatus table = report.tables().get(0);
    assertThat(table.table()).isEqualTo(TABLE);
    assertThat(table.state()).isEqualTo(State.WAITING);
    assertThat(table.waiting())
        .isEqualTo(
            new Waiting(2, 3, oldest.bytes() + newest.bytes(), Optional.of(oldest.arrivalMin())));
    assertThat(table.waiting().age(report.at()))
        .contains(Duration.between(oldest.arrivalMin(), landing.clock.instant()));
    assertThat(table.freshness())
        .contains(Duration.between(oldest.arrivalMin().minusMillis(1), landing.clock.instant()));
    assertThat(table.lastLoad().map(LoadSum::rows)).contains(1L);
    assertThat(table.lastTook()).contains(Duration.ZERO);
    assertThat(table.loadsLastHour()).isEqualTo(1);
    assertThat(table.retries()).isEmpty();
    assertThat(report.queue()).isPresent();
    assertThat(report.notes()).isEmpty();
    assertThat(report.tables().get(1).state()).isEqualTo(State.LOADED);
    assertThat(report.tables().get(1).freshness()).isEmpty();
  }

  @Test
  void tellsTheLastLoadThoughItIsDaysAgo() {
    landing.load(landing.landed.land(TABLE, "1,a"));
    landing.clock.advance(Duration.ofDays(3));

    TableStatus table = report().tables().get(0);

    assertThat(table.state()).isEqualTo(State.LOADED);
    assertThat(table.lastLoad()).isPresent();
    assertThat(table.loadsLastHour()).isZero();
  }

  @Test
  void beginsWhereCatchUpHasCome() {
    ManifestMessage known = landing.landed.land(TABLE, "1,a");
    landing.landed.land(TABLE, "2,a");
    landing.warehouse.ledger().saveProgress(landing.folder, Map.of(TABLE, known.manifest()));

    assertThat(report().tables().get(0).waiting().batches()).isEqualTo(1);
  }

  @Test
  void tellsWhatIsInQuarantineAndWhichManifestsCannotBeRead() {
    landing.load(landing.landed.landFiles(TABLE, List.of("1,a", "bad")));
    ManifestMessage gone = landing.landed.land(TABLE, "2,a");
    landing.landed.land(TABLE, "3,a");
    landing.bucket.delete(landing.folder.key(BatchFolder.manifest(gone.manifest())));

    StatusReport report = report();

    assertThat(report.tables().get(0).setAside()).isEqualTo(new SetAside(1, 1));
    assertThat(report.tables().get(0).waiting().batches()).isEqualTo(1);
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith("1 manifests of s3://bucket/x are missing or cannot be read")
        .contains("run sluice-loader reconcile");
  }

  @Test
  void tellsWhatKeepsATableBack() {
    landing.landed.land(TABLE, "1,a");
    rules(TABLE, List.of(), Optional.of(Duration.ofMinutes(5)));

    assertThat(report().tables().get(0).state()).isEqualTo(State.LATE);
    assertThat(report().tables().get(0).reason()).contains("its freshness objective is 5m");

    MaintenanceWindow now = new MaintenanceWindow("0 6 * * *", Duration.ofHours(1), ZoneOffset.UTC);
    rules(TABLE, List.of(now), Optional.empty());
    assertThat(report().tables().get(0).state()).isEqualTo(State.WINDOW);
    assertThat(report().tables().get(0).reason())
        .contains("a maintenance window, until 2026-11-22T07:00:00Z");

    loader =
        Optional.of(
            new RunningLoader(
                false,
                List.of("public.things is paused: no such table"),
                Exposition.parse(
                    """
                    # TYPE sluice_loader_table_paused gauge
                    sluice_loader_table_paused{table="public.things"} 1.0
                    sluice_loader_retries_total{kind="transient",table="public.things"} 2.0
                    sluice_loader_retries_total{kind="unknown",table="public.things"} 1.0
                    """)));
    assertThat(report().tables().get(0).state()).isEqualTo(State.BROKEN);
    assertThat(report().tables().get(0).reason()).contains("no such table");
    assertThat(report().tables().get(0).retries()).isEqualTo(OptionalLong.of(3));
    assertThat(report().tables().get(1).retries()).isEmpty();

    landing.warehouse.pauses().pause(new Pause(TABLE, "ann", landing.clock.instant(), "a rebuild"));
    assertThat(report().tables().get(0).state()).isEqualTo(State.PAUSED);
    assertThat(report().tables().get(0).reason())
        .contains("ann since 2026-11-22T06:00:00Z: a rebuild");
  }

  private void rules(
      TableName table, List<MaintenanceWindow> windows, Optional<Duration> objective) {
    rules.put(table, new TableRules(LoadPolicy.DEFAULT, windows, objective));
  }

  private StatusReport report() {
    return new Status(
            landing.folders(), landing.warehouse, inbox, () -> loader, rules, landing.clock)
        .report();
  }
}
