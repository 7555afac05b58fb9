package io.sluice.loader.operate.backfill;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;

/**
 * What a backfill would load of one table.
 *
 * @param known batches that the ledger has already
 * @param loads how many it would run
 * @param batches of these loads
 * @param firstManifest the number of the first of them, in the first folder with any; null when
 *     there is none
 * @param lastManifest that of the last one, in the last folder
 */
public record BackfillPreview(
    TableName table,
    long known,
    long loads,
    long batches,
    long files,
    long rows,
    long bytes,
    Long firstManifest,
    Long lastManifest) {
  public BackfillPreview {
    requireNonNull(table, "table");
  }
}
