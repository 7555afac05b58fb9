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

  /** Throws a {@link LoadException} when rows are left out of a file that are in the table now. */
  void requireNoMoreLeftOut(String loadId, List<QuarantinedFile> leftOut) {
    for (QuarantinedFile file : leftOut) {
      String uri = file.batch().folder().uri(file.file().key());
      boolean wasLoaded = !aside.quarantined().contains(uri);
      if (wasLoaded && file.rowCount() > aside.leftOut().getOrDefault(uri, 0L)) {
        throw LoadException.badData(
            "load %s: COPY left %d rows of %s out, and rows of it that are in the table now would go: %s"
                .formatted(loadId, file.rowCount(), uri, file.error().sentence()),
            "load with the settings that it was loaded with, or into another table, and swap the two");
      }
    }
  }
}
