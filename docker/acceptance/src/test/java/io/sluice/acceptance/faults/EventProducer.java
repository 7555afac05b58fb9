package io.sluice.acceptance.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResultEntry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts events into a stream at a steady rate from a thread of its own, each once; about half of
 * them aggregated as the KPL does. Its client must not retry by itself: a put whose answer is lost
 * would double records before anybody could lose them.
 */
final class EventProducer implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(100);
  private static final int HASH_BITS = 128;
  private static final int MOST_IN_AN_AGGREGATE = 20;

  private final AmazonKinesis kinesis;
  private final String stream;
  private final int eventsABeat;
  private final Random random;
  private final AtomicLong put = new AtomicLong();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "event-producer"));
  private volatile boolean ending;
  private Future<?> running;

  EventProducer(AmazonKinesis kinesis, String stream, int eventsASecond, long seed) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.eventsABeat = (int) (eventsASecond * BEAT.toMillis() / 1000);
    this.random = new Random(seed);
  }

  /** Begins to put events. */
  void start() {
    running = thread.submit(this::putUntilTheEnd);
  }

  /** Puts so many events at once, for who has not started it. */
  void put(int events) {
    putAll(entries(put.get(), events));
    put.addAndGet(events);
  }

  /** How many events are in the stream. */
  long put() {
    return put.get();
  }

  /**
   * Ends it.
   *
   * @return how many events are in the stream
   * @throws IllegalStateException when it could not put them all
   */
  long end() {
    ending = true;
    try {
      running.get(1, TimeUnit.MINUTES);
    } catch (Exception e) { // whatever it was, the scenario's input is no longer what it says
      throw new IllegalStateException("the producer failed after %d events".formatted(put()), e);
    }
    return put();
  }

  /** Throws when it has failed: without input, nothing is tested. */
  void requireRunning() {
    if (running.isDone()) {
      end();
    }
  }

  @Override
  public void close() {
    ending = true;
    thread.shutdownNow();
    kinesis.shutdown();
  }

  private void putUntilTheEnd() {
    long next = System.nanoTime();
    while (!ending) {
      put(eventsABeat);
      next += BEAT.toNanos();
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private List<PutRecordsRequestEntry> entries(long first, int events) {
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    long end = first + events;
    for (long id = first; id < end; ) {
      if (random.nextInt(MOST_IN_AN_AGGREGATE / 2) != 0) {
        entries.add(entry(id, ByteBuffer.wrap(Events.payload(id).getBytes(UTF_8))));
        id++;
        continue;
      }
      String hashKey = new BigInteger(HASH_BITS, random).toString();
      Aggregate aggregate = new Aggregate(hashKey);
      long endOfAggregate = Math.min(end, id + 1 + random.nextInt(MOST_IN_AN_AGGREGATE));
      PutRecordsRequestEntry entry = entry(id, null).withExplicitHashKey(hashKey);
      for (; id < endOfAggregate; id++) {
        aggregate.add(key(id), Events.payload(id));
      }
      entries.add(entry.withData(aggregate.bytes()));
    }
    return entries;
  }

  private static PutRecordsRequestEntry entry(long id, ByteBuffer data) {
    return new PutRecordsRequestEntry().withPartitionKey(key(id)).withData(data);
  }

  private static String key(long id) {
    return "key" + id % 97;
  }

  private void putAll(List<PutRecordsRequestEntry> entries) {
    List<PutRecordsRequestEntry> left = entries;
    while (!left.isEmpty()) {
      List<PutRecordsResultEntry> answers =
          kinesis
              .putRecords(new PutRecordsRequest().withStreamName(stream).withRecords(left))
              .getRecords();
      List<PutRecordsRequestEntry> refused = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        if (answers.get(i).getErrorCode() != null) {
          refused.add(left.get(i));
        }
      }
      left = refused;
    }
  }
}
