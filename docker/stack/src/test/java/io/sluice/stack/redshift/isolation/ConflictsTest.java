package io.sluice.stack.redshift.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.redshift.isolation.Conflicts.Fate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConflictsTest {
  private static final long LEDGER = 100;
  private static final long OTHER = 200;
  private static final Snapshot BOTH_RUN = new Snapshot(12, Set.of(10L, 11L));

  private final Conflicts conflicts = new Conflicts();

  @Test
  void twoThatReadAndWriteOneTableHaveNoOrder() {
    assertThat(note(access(10, Set.of(LEDGER), Set.of()))).isEmpty();
    assertThat(note(access(11, Set.of(LEDGER), Set.of()))).isEmpty();
    assertThat(note(access(10, Set.of(LEDGER), Set.of(LEDGER)))).isEmpty();

    Optional<Violation> violation =
        conflicts.note(access(11, Set.of(LEDGER), Set.of(LEDGER)), Map.of(10L, Fate.COMMITTED), 10);

    assertThat(violation).isPresent();
    assertThat(violation.get().error(77).message()).isEqualTo("1023");
    assertThat(violation.get().error(77).sqlState()).isEqualTo("XX000");
    assertThat(
            new String(
                violation.get().error(77).asError().body(),
                java.nio.charset.StandardCharsets.UTF_8))
        .contains(
            "DSerializable isolation violation on table - 100, transactions forming the cycle are: 10, 11 (pid:77)");
  }

  @Test
  void theLastStatementOfACrossingFails() {
    assertThat(note(access(10, Set.of(LEDGER), Set.of(OTHER)))).isEmpty();
    assertThat(note(access(11, Set.of(), Set.of(LEDGER)))).isEmpty();

    assertThat(note(access(11, Set.of(OTHER), Set.of(LEDGER)))).isPresent();
  }

  @Test
  void blindWritesAndMereReadsHaveAnOrder() {
    assertThat(note(access(10, Set.of(), Set.of(LEDGER)))).isEmpty();
    assertThat(
            conflicts.note(access(11, Set.of(), Set.of(LEDGER)), Map.of(10L, Fate.COMMITTED), 10))
        .isEmpty();
    assertThat(note(new Access(12, BOTH_RUN, Set.of(LEDGER, OTHER), Set.of()))).isEmpty();
  }

  @Test
  void whoSeesTheOtherComesAfterIt() {
    assertThat(note(access(10, Set.of(LEDGER), Set.of(LEDGER)))).isEmpty();

    assertThat(
            conflicts.note(
                new Access(13, new Snapshot(13, Set.of()), Set.of(LEDGER), Set.of(LEDGER)),
                Map.of(10L, Fate.COMMITTED),
                10))
        .isEmpty();
  }

  @Test
  void whatWasRolledBackConflictsWithNothing() {
    note(access(10, Set.of(LEDGER), Set.of(LEDGER)));

    assertThat(
            conflicts.note(
                access(11, Set.of(LEDGER), Set.of(LEDGER)), Map.of(10L, Fate.ABORTED), 10))
        .isEmpty();
  }

  @Test
  void findsACycleOfThree() {
    Snapshot all = new Snapshot(13, Set.of(10L, 11L, 12L));
    assertThat(note(new Access(10, all, Set.of(1L), Set.of(2L)))).isEmpty();
    assertThat(note(new Access(11, all, Set.of(2L), Set.of(3L)))).isEmpty();

    assertThat(note(new Access(12, all, Set.of(3L), Set.of(1L))))
        .contains(new Violation(3, java.util.List.of(11L, 10L, 12L)));
  }

  @Test
  void forgetsWhatEverySnapshotSees() {
    note(access(10, Set.of(LEDGER), Set.of(LEDGER)));
    conflicts.note(access(11, Set.of(), Set.of()), Map.of(10L, Fate.COMMITTED), 11);

    assertThat(conflicts.running()).containsExactly(11L);
    assertThat(note(access(11, Set.of(LEDGER), Set.of(LEDGER)))).isEmpty();
  }

  @Test
  void readsTheDatabasesSnapshots() {
    assertThat(Snapshot.parse("10:14:10,12")).isEqualTo(new Snapshot(14, Set.of(10L, 12L)));
    assertThat(Snapshot.parse("14:14:")).isEqualTo(new Snapshot(14, Set.of()));
    assertThatThrownBy(() -> Snapshot.parse("14")).hasMessage("not a snapshot: 14");
  }

  private Optional<Violation> note(Access access) {
    return conflicts.note(access, Map.of(), 10);
  }

  private static Access access(long transaction, Set<Long> read, Set<Long> written) {
    return new Access(transaction, BOTH_RUN, read, written);
  }
}
