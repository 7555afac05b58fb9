package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sums of a ledger in memory. */
record InMemoryLedgerSums(Supplier<List<LedgerRow>> rows) implements LedgerSums {
  @Override
  public Map<TableName, Newest> newest(Collection<TableName> tables) {
    Map<TableName, Newest> newest = new TreeMap<>();
    loaded(tables)
        .forEach(
            row ->
                newest.merge(
                    row.batch().table(),
                    new Newest(row.loadedAt(), row.arrivalMax()),
                    (a, b) ->
                        new Newest(
                            later(a.loadedAt(), b.loadedAt()),
                            later(a.arrivalMax(), b.arrivalMax()))));
    return newest;
  }

  @Override
  public List<LoadSum> loads(Collection<TableName> tables, Instant from, Instant to) {
    return loaded(tables).collect(Collectors.groupingBy(LedgerRow::loadId)).values().stream()
        .map(InMemoryLedgerSums::sum)
        .filter(load -> !load.loadedAt().isBefore(from) && load.loadedAt().isBefore(to))
        .sorted(Comparator.comparing(LoadSum::loadedAt).thenComparing(LoadSum::loadId))
        .toList();
  }

  @Override
  public Map<TableName, SetAside> setAside(Collection<TableName> tables) {
    Map<TableName, SetAside> aside = new TreeMap<>();
    of(tables)
        .filter(row -> row.quarantined().isPresent())
        .forEach(
            row ->
                aside.merge(
                    row.batch().table(),
                    new SetAside(1, row.rows()),
                    (a, b) -> new SetAside(a.files() + b.files(), a.rows() + b.rows())));
    return aside;
  }

  private static LoadSum sum(List<LedgerRow> load) {
    return new LoadSum(
        load.get(0).batch().table(),
        load.get(0).loadId(),
        load.size(),
        load.stream().mapToLong(LedgerRow::rows).sum(),
        load.stream().mapToLong(LedgerRow::bytes).sum(),
        load.stream().mapToLong(LedgerRow::files).sum(),
        load.stream().map(LedgerRow::loadedAt).max(Comparator.naturalOrder()).orElseThrow());
  }

  private Stream<LedgerRow> loaded(Collection<TableName> tables) {
    return of(tables).filter(row -> row.quarantined().isEmpty());
  }

  private Stream<LedgerRow> of(Collection<TableName> tables) {
    return rows.get().stream().filter(row -> tables.contains(row.batch().table()));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
