package io.sluice.loader.operate.report;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.report.DayCost.Usage;
import io.sluice.loader.warehouse.LoadSum;
import io.sluice.loader.warehouse.TableCounts.Copied;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What loads have taken, table by table and day by day of UTC, from the ledger and as far as the
 * warehouse remembers its COPYs. Its memory is that of one day's loads. A load that was rolled back
 * left nothing to count.
 */
public final class Cost {
  private final Warehouse warehouse;
  private final Set<TableName> tables;

  /** The cost of these tables. */
  public Cost(Warehouse warehouse, Set<TableName> tables) {
    this.warehouse = warehouse;
    this.tables = Set.copyOf(tables);
  }

  /**
   * Sums up.
   *
   * @param first the first day
   * @param last the last day
   * @param told is given each table on each day on which it was loaded, the oldest day first
   * @return the sum of all of them
   */
  public DayCost run(LocalDate first, LocalDate last, Consumer<DayCost> told) {
    Usage total = Usage.NOTHING;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (Map.Entry<TableName, Usage> table : usages(day).entrySet()) {
        told.accept(new DayCost(Optional.of(day), Optional.of(table.getKey()), table.getValue()));
        total = total.plus(table.getValue());
      }
    }
    return new DayCost(Optional.empty(), Optional.empty(), total);
  }

  private Map<TableName, Usage> usages(LocalDate day) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = begin.plus(Duration.ofDays(1));
    Map<String, Copied> copies = warehouse.counts().copies(begin, end).orElse(Map.of());
    Map<TableName, Usage> usages = new TreeMap<>();
    for (LoadSum load : warehouse.sums().loads(tables, begin, end)) {
      usages.merge(load.table(), usage(load, copies), Usage::plus);
    }
    return usages;
  }

  private static Usage usage(LoadSum load, Map<String, Copied> copies) {
    if (load.files() == 0) {
      // All of it went to quarantine, and no COPY was committed.
      return new Usage(
          0, load.batches(), 0, 0, 0, PastLoad.of(load).took(), Optional.of(Duration.ZERO));
    }
    return new Usage(
        1,
        load.batches(),
        load.files(),
        load.rows(),
        load.bytes(),
        PastLoad.of(load).took(),
        Optional.ofNullable(copies.get(load.loadId())).map(Copied::time));
  }
}
