package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.health.Alert.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncidentBookTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T06:00:00Z");
  private static final Instant LATER = BEGUN.plusSeconds(90);
  private static final Optional<TableName> TABLE = Optional.of(Loads.TABLE);
  private static final Optional<TableName> OTHER = Optional.of(TableName.parse("public.others"));

  private final IncidentBook book = new IncidentBook();

  @Test
  void tellsOnceThatAnIncidentBegan() {
    assertThat(book.begin(Kind.PAUSED, TABLE, "first", BEGUN))
        .contains(new Alert(Kind.PAUSED, TABLE, State.FIRING, "first", BEGUN, BEGUN));

    assertThat(book.begin(Kind.PAUSED, TABLE, "second", LATER)).isEmpty();
    assertThat(book.isOpen(Kind.PAUSED, TABLE)).isTrue();
  }

  @Test
  void tellsOnceThatItIsOverUnderTheSameName() {
    Alert begun = book.begin(Kind.STALE, TABLE, "late", BEGUN).orElseThrow();

    Alert over = book.end(Kind.STALE, TABLE, "fresh", LATER).orElseThrow();

    assertThat(over).isEqualTo(new Alert(Kind.STALE, TABLE, State.RESOLVED, "fresh", BEGUN, LATER));
    assertThat(over.incident())
        .isEqualTo(begun.incident())
        .isEqualTo("stale/public.things/2026-11-22T06:00:00Z");
    assertThat(book.end(Kind.STALE, TABLE, "fresh", LATER)).isEmpty();
    assertThat(book.isOpen(Kind.STALE, TABLE)).isFalse();
  }

  @Test
  void knowsNoEndWithoutABeginning() {
    assertThat(book.end(Kind.SILENT, TABLE, "over", BEGUN)).isEmpty();
  }

  @Test
  void keepsKindsAndTablesApart() {
    book.begin(Kind.PAUSED, TABLE, "one", BEGUN);

    assertThat(book.begin(Kind.STALE, TABLE, "two", BEGUN)).isPresent();
    assertThat(book.begin(Kind.PAUSED, OTHER, "three", BEGUN)).isPresent();
    assertThat(book.end(Kind.PAUSED, OTHER, "over", LATER)).isPresent();
    assertThat(book.isOpen(Kind.PAUSED, TABLE)).isTrue();
    assertThat(book.isOpen(Kind.PAUSED, Optional.empty())).isFalse();
  }

  @Test
  void namesAnIncidentOfAllTables() {
    assertThat(book.begin(Kind.LOGIN, Optional.empty(), "shut", BEGUN).orElseThrow().incident())
        .isEqualTo("login/all/2026-11-22T06:00:00Z");
  }

  @Test
  void namesTheNextIncidentAnew() {
    Alert first = book.begin(Kind.PAUSED, TABLE, "one", BEGUN).orElseThrow();
    book.end(Kind.PAUSED, TABLE, "over", LATER);

    Alert second = book.begin(Kind.PAUSED, TABLE, "again", LATER).orElseThrow();

    assertThat(second.incident()).isNotEqualTo(first.incident());
  }
}
