package io.sluice.loader.load;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.AsideFiles;
import io.sluice.loader.warehouse.MissingRows;
import java.util.List;
import java.util.Set;

/**
 * Loads of one table that are to be replaced, whole and together.
 *
 * @param loadIds what they are called in the ledger
 * @param batches all that they loaded, in order, alike in columns and format
 * @param aside what they did not load: of nothing else may the new load leave anything out, for
 *     then rows would go that are in the table now
 * @param missing whether rows of theirs may be gone
 */
public record OldLoads(
    TableName table,
    Set<String> loadIds,
    List<SourceBatch> batches,
    AsideFiles aside,
    MissingRows missing) {
  public OldLoads {
    requireNonNull(table, "table");
    requireNonNull(missing, "missing");
    loadIds = Set.copyOf(loadIds);
    batches = List.copyOf(batches);
    requireNonNull(aside, "aside");
    if (loadIds.isEmpty() || batches.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to replace in " + table);
    }
  }
}
