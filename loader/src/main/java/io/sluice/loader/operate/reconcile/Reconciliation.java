package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison of a folder's log with its files and the ledger has counted. Grows while the
 * log is read; one thread.
 */
public final class Reconciliation {
  private final BatchFolder folder;
  private final Map<Kind, Long> differences = new EnumMap<>(Kind.class);
  final Map<TableName, Long> others = new TreeMap<>();
  long firstManifest;
  long lastManifest;
  long manifests;
  long records;
  long rejects;
  long batches;
  long batchesLoaded;
  long batchesWaiting;
  long files;
  long bytes;
  long rows;
  long rowsLoaded;
  long rowsSetAside;
  long rowsWaiting;
  long orphans;
  long orphanBytes;

  Reconciliation(BatchFolder folder) {
    this.folder = folder;
  }

  void count(Kind kind) {
    differences.merge(kind, 1L, Long::sum);
  }

  /** The folder that was looked at. */
  public BatchFolder folder() {
    return folder;
  }

  /** How many differences there are of each kind that there is. */
  public Map<Kind, Long> differences() {
    return Map.copyOf(differences);
  }

  /** Whether all is as it should be; what waits does not count against it. */
  public boolean isExact() {
    return differences.isEmpty();
  }

  /** How many batches the log has of tables that were not looked at. */
  public Map<TableName, Long> others() {
    return Collections.unmodifiableMap(others);
  }

  /** The number of the first manifest that was looked at, 0 for none. */
  public long firstManifest() {
    return firstManifest;
  }

  /** The number of the last one. */
  public long lastManifest() {
    return lastManifest;
  }

  /** Manifests that could be read, takeovers included. */
  public long manifests() {
    return manifests;
  }

  /** Records that the writer read from its streams. */
  public long records() {
    return records;
  }

  /** Records that it set aside. */
  public long rejects() {
    return rejects;
  }

  /** Batches of the tables that were looked at. */
  public long batches() {
    return batches;
  }

  /** Those of them that the ledger has. */
  public long batchesLoaded() {
    return batchesLoaded;
  }

  /** Those that it has not, and that are young enough to be on their way. */
  public long batchesWaiting() {
    return batchesWaiting;
  }

  /** Data files and files of rejects. */
  public long files() {
    return files;
  }

  /** Their size in S3. */
  public long bytes() {
    return bytes;
  }

  /** Rows that the manifests promise. */
  public long rows() {
    return rows;
  }

  /** Rows that the ledger has as loaded. */
  public long rowsLoaded() {
    return rowsLoaded;
  }

  /** Rows that the ledger has as set aside. */
  public long rowsSetAside() {
    return rowsSetAside;
  }

  /** Rows of the batches that wait. */
  public long rowsWaiting() {
    return rowsWaiting;
  }

  /** Files that no manifest names. */
  public long orphans() {
    return orphans;
  }

  /** Their size in S3. */
  public long orphanBytes() {
    return orphanBytes;
  }
}
