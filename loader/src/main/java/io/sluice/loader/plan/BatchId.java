package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;

/** What makes a batch unlike every other, and what the ledger knows it by. */
public record BatchId(BatchFolder folder, long manifest, TableName table) {
  public BatchId {
    requireNonNull(folder, "folder");
    requireNonNull(table, "table");
    if (manifest < 1) {
      throw new IllegalArgumentException("manifests are numbered from 1, not " + manifest);
    }
  }

  /** For people: the folder, the manifest's number and the table. */
  @Override
  public String toString() {
    return folder + "#" + manifest + "/" + table;
  }
}
