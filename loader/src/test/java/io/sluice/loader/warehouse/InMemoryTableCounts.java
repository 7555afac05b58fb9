package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts of tables in memory, whose rows are lines: the column of the load is the third field, and
 * the warehouse remembers no COPY.
 */
record InMemoryTableCounts(Supplier<List<LedgerRow>> ledger, Function<TableName, List<String>> rows)
    implements TableCounts {
  private static final int LOAD = 2;

  @Override
  public Count whole(TableName table) {
    long promised =
        ledger.get().stream()
            .filter(row -> row.batch().table().equals(table) && row.quarantined().isEmpty())
            .mapToLong(LedgerRow::rows)
            .sum();
    return new Count(Optional.empty(), promised, rows.apply(table).size());
  }

  @Override
  public List<Count> differing(TableName table, String loadColumn, int most) {
    Map<String, Count> counts = new TreeMap<>();
    ledger.get().stream()
        .filter(row -> row.batch().table().equals(table) && row.quarantined().isEmpty())
        .forEach(row -> add(counts, row.loadId(), row.rows(), 0));
    rows.apply(table)
        .forEach(
            line -> {
              String[] fields = line.split(",", -1);
              add(counts, fields.length > LOAD ? fields[LOAD] : "", 0, 1);
            });
    return counts.values().stream()
        .filter(count -> count.promised() != count.there())
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Map<String, Copied>> copies(Instant from, Instant to) {
    return Optional.empty();
  }

  private static void add(Map<String, Count> counts, String load, long promised, long there) {
    Optional<String> name = load.isEmpty() ? Optional.empty() : Optional.of(load);
    counts.merge(
        load,
        new Count(name, promised, there),
        (a, b) -> new Count(name, a.promised() + b.promised(), a.there() + b.there()));
  }
}
