package io.sluice.loader.operate.quarantine;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.Quarantine;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which files in quarantine are meant.
 *
 * @param tables of these tables
 * @param from of batch intervals at this time or later; null for all
 * @param to of those before this time; null for all
 * @param manifest of this manifest, empty for all
 * @param names files by their {@code s3://} address or key, or batches as {@code
 *     s3://bucket/folder#42}, with or without {@code /schema.table}; empty for all
 */
public record QuarantineFilter(
    Set<TableName> tables, Instant from, Instant to, Optional<Long> manifest, List<String> names) {
  public QuarantineFilter {
    tables = Set.copyOf(tables);
    requireNonNull(manifest, "manifest");
    names = List.copyOf(names);
  }

  /** What the ledger has of them, in its order. */
  public List<QuarantineEntry> of(Quarantine quarantine) {
    return quarantine.entries(tables, from, to).stream().filter(this::isMeant).toList();
  }

  /** Those names that none of these files has. */
  public List<String> unknown(List<QuarantineEntry> entries) {
    return names.stream()
        .filter(name -> entries.stream().noneMatch(entry -> isNamed(entry, name)))
        .toList();
  }

  private boolean isMeant(QuarantineEntry entry) {
    return manifest.map(number -> number == entry.batch().manifest()).orElse(true)
        && (names.isEmpty() || names.stream().anyMatch(name -> isNamed(entry, name)));
  }

  private static boolean isNamed(QuarantineEntry entry, String name) {
    return name.equals(entry.file())
        || name.equals(entry.uri())
        || name.equals(entry.batch().toString())
        || name.equals(entry.batch().folder() + "#" + entry.batch().manifest());
  }
}
