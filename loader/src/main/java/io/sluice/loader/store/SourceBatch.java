package io.sluice.loader.store;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.loader.plan.BatchId;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * A batch as its manifest describes it.
 *
 * @param batchTime the time of its batch interval
 * @param createdAt when its manifest was written, which made it real
 */
public record SourceBatch(BatchId id, Instant batchTime, Instant createdAt, Batch batch) {
  public SourceBatch {
    requireNonNull(id, "id");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(createdAt, "createdAt");
    requireNonNull(batch, "batch");
  }

  /** The files, each once: a file that a manifest names twice is still one file. */
  public List<DataFile> files() {
    TreeMap<String, DataFile> byKey = new TreeMap<>();
    batch.files().forEach(file -> byKey.putIfAbsent(file.key(), file));
    return List.copyOf(byKey.values());
  }

  /** The {@code s3://} address of one of its files. */
  public String uri(DataFile file) {
    return id.folder().uri(file.key());
  }

  public long rows() {
    return files().stream().mapToLong(DataFile::rows).sum();
  }

  public long bytes() {
    return files().stream().mapToLong(DataFile::bytes).sum();
  }

  /** Whether one COPY can take both. */
  public boolean isAlike(SourceBatch other) {
    return batch.columns().equals(other.batch.columns())
        && batch.format().equals(other.batch.format());
  }
}
