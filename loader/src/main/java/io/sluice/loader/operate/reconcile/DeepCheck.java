package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import io.sluice.loader.warehouse.LedgerSums;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.warehouse.TableCounts;
import io.sluice.loader.warehouse.TableCounts.Copied;
import io.sluice.loader.warehouse.TableCounts.Count;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Holds the tables themselves against the ledger: their rows, load by load where a column names the
 * load of each row, else as a whole; and what the warehouse remembers of its COPYs. The warehouse
 * counts, so that the memory here grows with what differs only, up to a bound. Changes nothing, and
 * can run beside a loader.
 */
public final class DeepCheck {
  /** Loads that differ beyond this are not told one by one. */
  private static final int MOST = 10_000;

  /** What the warehouse remembers, see "SYS_LOAD_HISTORY". */
  private static final int REMEMBERED_DAYS = 7;

  private final LedgerSums sums;
  private final TableCounts counts;
  private final Map<TableName, Countable> tables;
  private final InstantSource clock;

  /** A check of these tables. */
  public DeepCheck(Warehouse warehouse, Map<TableName, Countable> tables, InstantSource clock) {
    this.sums = warehouse.sums();
    this.counts = warehouse.counts();
    this.tables = new LinkedHashMap<>(tables);
    this.clock = clock;
  }

  /**
   * Checks all tables.
   *
   * @param told hears of each difference
   * @param notes hears of what was proved by it
   */
  public void run(Consumer<Difference> told, Consumer<String> notes) {
    tables.forEach((table, how) -> count(table, how, told, notes));
    history(told, notes);
  }

  private void count(
      TableName table, Countable how, Consumer<Difference> told, Consumer<String> notes) {
    if (!how.appendOnly()) {
      notes.accept(table + ": its rows replace each other, so that they cannot be counted");
      return;
    }
    if (how.loadColumn().isPresent()) {
      countLoads(table, how.loadColumn().get(), told, notes);
      return;
    }
    Count count = counts.whole(table);
    report(table, "in all", count, told);
    notes.accept(
        "%s: %d rows, and %d in the ledger. %s"
            .formatted(
                table,
                count.there(),
                count.promised(),
                count.there() == count.promised()
                    ? "None is missing, unless others inserted as many: with load-column each load is counted by itself"
                    : "Rows that others insert or delete count too: with load-column each load is counted by itself"));
  }

  private void countLoads(
      TableName table, String column, Consumer<Difference> told, Consumer<String> notes) {
    List<Count> differing = counts.differing(table, column, MOST);
    for (Count count : differing) {
      report(
          table, count.loadId().map(load -> "of load " + load).orElse("of no load"), count, told);
    }
    if (differing.isEmpty()) {
      notes.accept(
          table + ": every load has the rows that the ledger promises, and no row is left");
    } else if (differing.size() == MOST) {
      notes.accept("%s: more than %d loads differ, the others are not told".formatted(table, MOST));
    }
  }

  private static void report(
      TableName table, String whose, Count count, Consumer<Difference> told) {
    if (count.there() == count.promised()) {
      return;
    }
    boolean missing = count.there() < count.promised();
    told.accept(
        new Difference(
            missing ? Kind.ROWS_MISSING : Kind.SURPLUS_ROWS,
            OptionalLong.empty(),
            Optional.of(table),
            "%s has %d rows %s, and the ledger has %d: %d are %s"
                .formatted(
                    table,
                    count.there(),
                    whose,
                    count.promised(),
                    Math.abs(count.promised() - count.there()),
                    missing ? "missing" : "surplus")));
  }

  /** Day by day, so that the memory is that of one day's loads. */
  private void history(Consumer<Difference> told, Consumer<String> notes) {
    Instant end = clock.instant().plusSeconds(1);
    Instant begin = end.minus(REMEMBERED_DAYS, ChronoUnit.DAYS);
    long known = 0;
    long all = 0;
    for (Instant day = begin; day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
      Instant next = day.plus(Duration.ofDays(1));
      Optional<Map<String, Copied>> copies = counts.copies(day, next);
      if (copies.isEmpty()) {
        notes.accept("the warehouse does not tell of its COPYs: sys_load_history cannot be read");
        return;
      }
      for (LoadSum load : sums.loads(tables.keySet(), day, next)) {
        Copied copied = copies.get().get(load.loadId());
        all++;
        known += copied == null ? 0 : 1;
        if (copied != null && copied.rows() != load.rows()) {
          told.accept(differs(load, copied));
        }
      }
    }
    notes.accept(
        "sys_load_history knows %d of the %d loads of the last %d days: it forgets, and COPY itself is no proof of a commit"
            .formatted(known, all, REMEMBERED_DAYS));
  }

  private static Difference differs(LoadSum load, Copied copied) {
    return new Difference(
        Kind.HISTORY_DIFFERS,
        OptionalLong.empty(),
        Optional.of(load.table()),
        "load %s of %s has %d rows in the ledger, and its COPY took %d"
            .formatted(load.loadId(), load.table(), load.rows(), copied.rows()));
  }
}
