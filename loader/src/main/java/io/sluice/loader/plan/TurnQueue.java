package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whose turn it is to load: at most so many tables at the same time, and the table that has been
 * overdue longest goes first, whoever asked first.
 *
 * <p>No table starves: the others can only pass it while they have been overdue for longer, and one
 * that had its turn is overdue since the end of that turn at the earliest, see {@link LoadPlanner}.
 * Knows neither threads nor clocks.
 */
public final class TurnQueue {
  private static final Comparator<Asker> ORDER =
      Comparator.comparing(Asker::overdueSince).thenComparing(Asker::table);

  private final TreeSet<Asker> askers = new TreeSet<>(ORDER);
  private int free;

  /** With so many turns at the same time. */
  public TurnQueue(int turns) {
    if (turns < 1) {
      throw new IllegalArgumentException("somebody must have a turn, not " + turns);
    }
    this.free = turns;
  }

  /** Asks for a turn; a table that asks already only tells its new time. */
  public void ask(TableName table, Instant overdueSince) {
    withdraw(table);
    askers.add(new Asker(table, overdueSince));
  }

  /** A table no longer wants the turn that it asked for. */
  public void withdraw(TableName table) {
    askers.removeIf(asker -> asker.table().equals(table));
  }

  /** Gives the next turn, if one is free and a table asks. */
  public Optional<TableName> next() {
    if (free == 0 || askers.isEmpty()) {
      return Optional.empty();
    }
    free--;
    return Optional.of(askers.pollFirst().table());
  }

  /** Gives the next turn to this table, if it is the one whose turn it is. */
  public boolean take(TableName table) {
    boolean first = !askers.isEmpty() && askers.first().table().equals(table);
    return first && next().isPresent();
  }

  /** A load has ended. */
  public void giveBack() {
    free++;
  }

  private record Asker(TableName table, Instant overdueSince) {
    private Asker {
      requireNonNull(table, "table");
      requireNonNull(overdueSince, "overdueSince");
    }
  }
}
