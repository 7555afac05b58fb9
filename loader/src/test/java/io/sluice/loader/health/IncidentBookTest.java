package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.health.Alert.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IncidentBookTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T06:00:00Z");
  private static final Instant LATER = BEGUN.plusSeconds(90);
  private static final TableName OTHER = TableName.parse("public.others");

  private final IncidentBook book = new IncidentBook();

  @Test
  void tellsOnceThatAnIncidentBegan() {
    assertThat(book.begin(Kind.PAUSED, Loads.TABLE, "first", BEGUN))
        .contains(new Alert(Kind.PAUSED, Loads.TABLE, State.FIRING, "first", BEGUN, BEGUN));

    assertThat(book.begin(Kind.PAUSED, Loads.TABLE, "second", LATER)).isEmpty();
    assertThat(book.isOpen(Kind.PAUSED, Loads.TABLE)).isTrue();
  }

  @Test
  void tellsOnceThatItIsOverUnderTheSameName() {
    Alert begun = book.begin(Kind.STALE, Loads.TABLE, "late", BEGUN).orElseThrow();

    Alert over = book.end(Kind.STALE, Loads.TABLE, "fresh", LATER).orElseThrow();

    assertThat(over)
        .isEqualTo(new Alert(Kind.STALE, Loads.TABLE, State.RESOLVED, "fresh", BEGUN, LATER));
    assertThat(over.incident())
        .isEqualTo(begun.incident())
        .isEqualTo("stale/public.things/2026-11-22T06:00:00Z");
    assertThat(book.end(Kind.STALE, Loads.TABLE, "fresh", LATER)).isEmpty();
    assertThat(book.isOpen(Kind.STALE, Loads.TABLE)).isFalse();
  }

  @Test
  void knowsNoEndWithoutABeginning() {
    assertThat(book.end(Kind.SILENT, Loads.TABLE, "over", BEGUN)).isEmpty();
  }

  @Test
  void keepsKindsAndTablesApart() {
    book.begin(Kind.PAUSED, Loads.TABLE, "one", BEGUN);

    assertThat(book.begin(Kind.STALE, Loads.TABLE, "two", BEGUN)).isPresent();
    assertThat(book.begin(Kind.PAUSED, OTHER, "three", BEGUN)).isPresent();
    assertThat(book.end(Kind.PAUSED, OTHER, "over", LATER)).isPresent();
    assertThat(book.isOpen(Kind.PAUSED, Loads.TABLE)).isTrue();
  }

  @Test
  void namesTheNextIncidentAnew() {
    Alert first = book.begin(Kind.PAUSED, Loads.TABLE, "one", BEGUN).orElseThrow();
    book.end(Kind.PAUSED, Loads.TABLE, "over", LATER);

    Alert second = book.begin(Kind.PAUSED, Loads.TABLE, "again", LATER).orElseThrow();

    assertThat(second.incident()).isNotEqualTo(first.incident());
  }
}
