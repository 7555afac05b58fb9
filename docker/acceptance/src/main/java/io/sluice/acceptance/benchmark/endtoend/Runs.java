package io.sluice.acceptance.benchmark.endtoend;

import io.sluice.acceptance.benchmark.Events;
import io.sluice.acceptance.benchmark.endtoend.SteadyProducer.Arrival;
import io.sluice.acceptance.pipeline.Producer;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Single runs of the writer; each has a batch folder of its own. */
final class Runs {
  private static final long SEED = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** Short, so that a full stream leaves no pause between two intervals. */
  private static final Duration BUSY_INTERVAL = Duration.ofSeconds(1);

  private final Stand stand;
  private final int shards;
  private final Clock clock;
  private int runs;

  Runs(Stand stand, int shards, Clock clock) {
    this.stand = stand;
    this.shards = shards;
    this.clock = clock;
  }

  /** Makes a stream of records of this size. */
  void fill(int bytes, long records) {
    stand.createStream(full(bytes), shards);
    Events events = Events.of(SEED, bytes);
    new Producer(stand.clients().kinesis(), full(bytes))
        .put(
            LongStream.range(0, records)
                .mapToObj(number -> new String(events.json(number), StandardCharsets.US_ASCII)));
  }

  /** Removes it. */
  void empty(int bytes) {
    stand.deleteStream(full(bytes));
  }

  /** Lets a writer take all of a stream that was filled. */
  Throughput throughput(SourceKind source, int threads, int bytes, long records, int maxRecords)
      throws IOException {
    BatchFolder folder = folder();
    WriterSettings settings =
        new WriterSettings(
            source, full(bytes), BUSY_INTERVAL, maxRecords, false, folder, stand.queueUrl());
    CommitLog log = new CommitLog(stand.manifests(folder));
    Instant started = clock.instant();
    try (ChildProcess writer = stand.startWriter(settings, threads)) {
      return Throughput.watch(writer, started, log, source, bytes, records);
    }
  }

  /** Lets a writer follow a stream of a constant rate. */
  Freshness freshness(SourceKind source, int threads, Duration interval, int rate, Duration length)
      throws IOException, InterruptedException {
    BatchFolder folder = folder();
    stand.createStream(folder.prefix(), shards);
    WriterSettings settings =
        new WriterSettings(
            source, folder.prefix(), interval, Integer.MAX_VALUE, true, folder, stand.queueUrl());
    CommitLog log = new CommitLog(stand.manifests(folder));
    SteadyProducer producer =
        new SteadyProducer(stand.clients().kinesis(), folder.prefix(), Events.of(SEED), clock);
    try (ChildProcess writer = stand.startWriter(settings, threads)) {
      writer.await("it had begun", PATIENCE, log::hasBegun);
      List<Arrival> warmUp = producer.put(rate, length.dividedBy(4));
      List<Arrival> arrivals = producer.put(rate, length.minus(length.dividedBy(4)));
      long all = (long) warmUp.size() + arrivals.size();
      writer.await("everything was committed", PATIENCE, () -> log.records() >= all);
      writer.terminate(GRACE);
      return Freshness.of(source, interval, rate, arrivals, log.batches());
    } finally {
      stand.deleteStream(folder.prefix());
    }
  }

  private BatchFolder folder() {
    return stand.folder("run-" + ++runs);
  }

  private static String full(int bytes) {
    return "full-" + bytes;
  }
}
