package io.sluice.writer.report;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.writer.land.LandedPartition;
import io.sluice.writer.source.SliceEnd;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of one committed interval.
 *
 * @param manifest what was committed
 * @param records how many records were taken, rows and rejects alike
 * @param duplicates records that were dropped because they had been taken before
 * @param encoding the processor's time of all tasks together
 * @param uploading the time of all requests for files to S3 together
 * @param landing from the interval's start until its last task had ended
 * @param committing from there until the manifest was in the log
 * @param lag how far each shard was behind its tip, by {@code stream.shard}
 */
public record IntervalReport(
    Manifest manifest,
    long records,
    long duplicates,
    Duration encoding,
    Duration uploading,
    Duration landing,
    Duration committing,
    Map<String, Duration> lag) {
  public IntervalReport {
    lag = Collections.unmodifiableMap(new TreeMap<>(lag));
  }

  /** The report of what these partitions landed. */
  public static IntervalReport of(
      Manifest manifest, List<LandedPartition> landed, Duration landing, Duration committing) {
    Map<String, Duration> lag = new TreeMap<>();
    long duplicates = 0;
    for (LandedPartition part : landed) {
      for (SliceEnd end : part.ends()) {
        lag.put(end.stream() + "." + end.reached().shard(), end.behind());
        duplicates += end.duplicates();
      }
    }
    return new IntervalReport(
        manifest,
        landed.stream().mapToLong(LandedPartition::records).sum(),
        duplicates,
        landed.stream().map(LandedPartition::encoding).reduce(Duration.ZERO, Duration::plus),
        landed.stream().map(LandedPartition::uploading).reduce(Duration.ZERO, Duration::plus),
        landing,
        committing,
        lag);
  }

  /** Rows of all tables. */
  public long rows() {
    return manifest.batches().stream().mapToLong(Batch::rows).sum();
  }

  /** Data files and files of rejects. */
  public long files() {
    return allFiles().count();
  }

  /** Their bytes as they lie in S3. */
  public long bytes() {
    return allFiles().mapToLong(DataFile::bytes).sum();
  }

  /** Their bytes before compression. */
  public long uncompressedBytes() {
    return allFiles().mapToLong(DataFile::uncompressedBytes).sum();
  }

  /** The shard that is farthest behind its tip. */
  public Duration behind() {
    return lag.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** The one line that the log gets for the interval. */
  @Override
  public String toString() {
    return ("manifest %d: interval %s, %d records, %d rows of %d tables in %d files, %d bytes, %d rejects,"
            + " %d duplicates dropped, landed in %d ms, committed in %d ms, %d ms behind")
        .formatted(
            manifest.number(),
            manifest.batchTime(),
            records,
            rows(),
            manifest.batches().size(),
            files(),
            bytes(),
            manifest.rejects().records(),
            duplicates,
            landing.toMillis(),
            committing.toMillis(),
            behind().toMillis());
  }

  private Stream<DataFile> allFiles() {
    return Stream.concat(
        manifest.batches().stream().flatMap(batch -> batch.files().stream()),
        manifest.rejects().files().stream());
  }
}
