package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.MissingRows;
import java.util.List;
import java.util.Set;

/**
 * Loads of one table that are to be replaced, whole and together.
 *
 * @param loadIds what they are called in the ledger
 * @param batches all that they loaded, in order, alike in columns and format
 * @param setAside the {@code s3://} addresses of files that they put in quarantine: of nothing else
 *     may the new load leave a file out, for then rows would go that are in the table now
 * @param missing whether rows of theirs may be gone
 */
public record OldLoads(
    TableName table,
    Set<String> loadIds,
    List<SourceBatch> batches,
    Set<String> setAside,
    MissingRows missing) {
  public OldLoads {
    requireNonNull(table, "table");
    requireNonNull(missing, "missing");
    loadIds = Set.copyOf(loadIds);
    batches = List.copyOf(batches);
    setAside = Set.copyOf(setAside);
    if (loadIds.isEmpty() || batches.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to replace in " + table);
    }
  }
}
