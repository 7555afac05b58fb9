package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.ProcessTime;
import io.sluice.common.manifest.Manifest;
import io.sluice.stack.process.ChildProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How fast a writer takes what is in the stream already: what it committed after its first batch,
 * over the time from its first commit to its last.
 *
 * @param recordBytes of one record on average
 * @param startToFirstCommit from the start of the process, in seconds
 * @param cpuMicrosARecord of the writer's process, over the same time
 */
public record Throughput(
    SourceKind source,
    int recordBytes,
    long records,
    int commits,
    double startToFirstCommit,
    double seconds,
    double recordsASecond,
    double megabytesASecond,
    double cpuMicrosARecord) {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final double MILLION = 1e6;

  /** Watches a writer until it has committed so many records, then stops it. */
  static Throughput watch(
      ChildProcess writer,
      Instant started,
      CommitLog log,
      SourceKind source,
      int recordBytes,
      long records) {
    Clock clock = new Clock(writer, log);
    writer.await(
        "it had committed %,d records".formatted(records), PATIENCE, () -> clock.look() >= records);
    writer.terminate(GRACE);
    if (log.rejects() > 0) {
      throw new IllegalStateException(log.rejects() + " events were refused");
    }
    return of(started, log.batches(), clock.cpuSeconds(), source, recordBytes);
  }

  private static Throughput of(
      Instant started,
      List<Manifest> batches,
      double cpuSeconds,
      SourceKind source,
      int recordBytes) {
    if (batches.size() < 2) {
      throw new IllegalStateException(
          "all records came in one batch: give more --records or a smaller --max-records");
    }
    Manifest first = batches.get(0);
    Manifest last = batches.get(batches.size() - 1);
    long after = batches.stream().skip(1).mapToLong(CommitLog::records).sum();
    double seconds = seconds(first.createdAt(), last.createdAt());
    return new Throughput(
        source,
        recordBytes,
        after,
        batches.size() - 1,
        seconds(started, first.createdAt()),
        seconds,
        after / seconds,
        after * (double) recordBytes / MILLION / seconds,
        cpuSeconds * MILLION / after);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  /** Reads the writer's CPU time when commits are seen. */
  private static final class Clock {
    private final ChildProcess writer;
    private final CommitLog log;
    private long seen;
    private double atFirst;
    private double atLast;

    Clock(ChildProcess writer, CommitLog log) {
      this.writer = writer;
      this.log = log;
    }

    long look() {
      long records = log.records();
      if (records > seen) {
        atLast = ProcessTime.secondsOf(writer.pid());
        atFirst = seen == 0 ? atLast : atFirst;
        seen = records;
      }
      return records;
    }

    double cpuSeconds() {
      return atLast - atFirst;
    }
  }
}
