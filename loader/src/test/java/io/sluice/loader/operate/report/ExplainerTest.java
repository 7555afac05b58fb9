package io.sluice.loader.operate.report;

import static io.sluice.loader.operate.Landing.OTHER;
import static io.sluice.loader.operate.Landing.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.loader.operate.Landing;
import io.sluice.loader.operate.report.Explanation.Decision;
import io.sluice.loader.operate.report.Explanation.PlannedCopy;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.store.LandedFolder;
import io.sluice.loader.warehouse.Pause;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Landing landing = new Landing();
  private final List<String> notes = new ArrayList<>();
  private LoadPolicy policy = new LoadPolicy(MINUTE, Duration.ofMinutes(2), 1 << 20, 100, 10);
  private List<MaintenanceWindow> windows = List.of();

  @Test
  void tellsThatThereIsNothingToLoad() {
    landing.load(landing.landed.land(TABLE, "1,a"));

    Explanation explanation = explain();

    assertThat(explanation.decision()).isEqualTo(Decision.NOTHING);
    assertThat(explanation.why()).isEqualTo("all that is landed is loaded");
    assertThat(explanation.copies()).isEmpty();
  }

  @Test
  void tellsTheLoadThatIsDueWithItsStatementsAndDoesNothing() {
    ManifestMessage first = landing.landed.land(TABLE, "1,a", "2,b");
    ManifestMessage last = landing.landed.land(TABLE, "3,c");
    landing.landed.land(OTHER, "4,d");
    Set<String> before = Set.copyOf(landing.bucket.objects().keySet());

    Explanation explanation = explain();

    assertThat(explanation.decision()).isEqualTo(Decision.LOAD);
    assertThat(explanation.why())
        .isEqualTo("the oldest batch has waited 59m 50s, and copy.max-wait is 1m");
    PlannedCopy copy = explanation.copies().get(0);
    assertThat(explanation.copies()).hasSize(1);
    assertThat(copy.first()).isEqualTo(LandedFolder.id(first));
    assertThat(copy.last()).isEqualTo(LandedFolder.id(last));
    assertThat(copy.batches()).isEqualTo(2);
    assertThat(copy.files()).isEqualTo(2);
    assertThat(copy.rows()).isEqualTo(3);
    assertThat(copy.bytes()).isEqualTo(first.bytes() + last.bytes());
    assertThat(copy.expected()).isEmpty();
    assertThat(copy.copyManifest()).isEqualTo("s3://bucket/x/_copy/<load id>.manifest");
    assertThat(copy.statements())
        .singleElement()
        .asString()
        .startsWith("COPY public.things (\"id\", \"name\")\n")
        .contains("FROM 's3://bucket/x/_copy/<load id>.manifest'");
    assertThat(copy.drift()).isEmpty();
    assertThat(landing.bucket.objects().keySet()).isEqualTo(before);
    assertThat(landing.warehouse.copies()).isEmpty();
  }

  @Test
  void waitsForTheIntervalSinceTheLastLoad() {
    landing.load(landing.landed.land(TABLE, "1,a"));
    landing.landed.land(TABLE, "2,b");
    landing.clock.advance(Duration.ofSeconds(30));

    Explanation explanation = explain();

    assertThat(explanation.decision()).isEqualTo(Decision.WAIT);
    assertThat(explanation.why())
        .isEqualTo(
            "the last load began at 2026-11-22T06:00:00Z and its table's loads begin 2m apart:"
                + " due at 2026-11-22T06:02:00Z");
    assertThat(explanation.copies()).hasSize(1);
  }

  @Test
  void namesTheLimitThatWhatWaitsReaches() {
    for (int i = 0; i < 12; i++) {
      landing.landed.land(TABLE, i + ",x");
    }

    assertThat(explain().why()).isEqualTo("what waits reaches copy.max-batches = 10");
    assertThat(explain().waiting().batches()).isEqualTo(12);
    assertThat(explain().copies().get(0).batches()).isEqualTo(10);

    policy = new LoadPolicy(MINUTE, MINUTE, 1 << 20, 3, 10);
    assertThat(explain().why()).isEqualTo("what waits reaches copy.max-files = 3");
    policy = new LoadPolicy(MINUTE, MINUTE, 40, 3, 10);
    assertThat(explain().why()).isEqualTo("what waits reaches copy.max-bytes = 40");
  }

  @Test
  void tellsOneCopyForEachKindOfColumns() {
    landing.landed.land(TABLE, "1,a");
    landing.landed.land(TABLE, List.of(new Column("id", "bigint")), "2");

    assertThat(explain().copies()).extracting(PlannedCopy::batches).containsExactly(1, 1);
  }

  @Test
  void tellsWhatTheTableLacks() {
    landing.landed.land(TABLE, "1,a");
    landing.warehouse.drop(TABLE);

    PlannedCopy copy = explain().copies().get(0);

    assertThat(copy.drift()).singleElement().asString().startsWith("CREATE TABLE public.things");
    assertThat(copy.ownDrift()).isEmpty();
  }

  @Test
  void tellsWhatKeepsALoadBackThatIsDue() {
    landing.landed.land(TABLE, "1,a");
    windows = List.of(new MaintenanceWindow("0 6 * * *", Duration.ofHours(1), ZoneOffset.UTC));
    assertThat(explain().decision()).isEqualTo(Decision.WINDOW);
    assertThat(explain().why())
        .isEqualTo("a maintenance window is open until 2026-11-22T07:00:00Z");

    landing.warehouse.pauses().pause(new Pause(TABLE, "ann", landing.clock.instant(), "why not"));
    assertThat(explain().decision()).isEqualTo(Decision.PAUSED);
    assertThat(explain().why()).isEqualTo("paused by ann since 2026-11-22T06:00:00Z: why not");
    assertThat(explain().copies()).hasSize(1);
  }

  private Explanation explain() {
    TableRules rules = new TableRules(policy, windows, Optional.empty());
    return new Explainer(landing.folders(), landing.warehouse, Map.of(TABLE, rules), landing.clock)
        .explain(notes::add)
        .get(0);
  }
}
