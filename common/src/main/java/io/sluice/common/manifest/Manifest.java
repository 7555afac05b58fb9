package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one batch interval landed: the entry of the manifest log that makes its files real.
 *
 * <p>A takeover has the marks of its predecessor and no files: a starting writer appends it to
 * fence whoever wrote before. A manifest is never changed once it is written.
 *
 * @param number its place in the log, from 1 without a gap
 * @param kind a batch interval or a takeover
 * @param writer who wrote it
 * @param batchTime the time of the batch interval, of a takeover the time of the start
 * @param interval the length of the batch interval
 * @param sources how far each stream is committed
 * @param batches what landed, a table at most once
 * @param rejects what was set aside
 * @param createdAt when it was written
 */
public record Manifest(
    long number,
    Kind kind,
    WriterRun writer,
    Instant batchTime,
    Duration interval,
    List<SourceProgress> sources,
    List<Batch> batches,
    Rejects rejects,
    Instant createdAt) {
  /** The two kinds of entries. */
  public enum Kind {
    BATCH,
    TAKEOVER
  }

  public Manifest {
    requireNonNull(kind, "kind");
    requireNonNull(writer, "writer");
    requireNonNull(batchTime, "batchTime");
    requireNonNull(interval, "interval");
    requireNonNull(rejects, "rejects");
    requireNonNull(createdAt, "createdAt");
    sources = List.copyOf(sources);
    batches = List.copyOf(batches);
    if (number < 1) {
      throw new IllegalArgumentException("manifests are numbered from 1, not " + number);
    }
    if (batches.stream().map(Batch::table).distinct().count() != batches.size()) {
      throw new IllegalArgumentException("manifest " + number + " names a table twice");
    }
  }

  /** The batch of this table, if the interval landed one. */
  public Optional<Batch> batch(TableName table) {
    return batches.stream().filter(batch -> batch.table().equals(table)).findFirst();
  }
}
