package io.sluice.stack.kinesis.kcl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Puts records that count up in each of forty partition keys, twenty calls a second; every other
 * record is an aggregate of three.
 */
final class CountingProducer {
  private static final int KEYS = 40;
  private static final int AGGREGATED = 3;

  private final AmazonKinesis kinesis;
  private final String stream;
  private final Map<String, Integer> countByKey = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "producer"));
  private final ScheduledFuture<?> puts;
  private int calls;

  CountingProducer(AmazonKinesis kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.puts = executor.scheduleWithFixedDelay(this::put, 0, 50, TimeUnit.MILLISECONDS);
  }

  /** How many user records of each key have been put. */
  Map<String, Integer> countByKey() {
    return countByKey;
  }

  /** Puts no more, and fails if a put has failed. */
  void stop() throws Exception {
    executor.shutdown();
    boolean ended = executor.awaitTermination(30, TimeUnit.SECONDS);
    // What a call threw has ended the schedule: it comes out here.
    if (!ended || (puts.isDone() && !puts.isCancelled())) {
      puts.get(1, TimeUnit.SECONDS);
    }
  }

  private void put() {
    calls++;
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      String key = "key-" + i;
      entries.add(
          new PutRecordsRequestEntry()
              .withPartitionKey(key)
              .withData(
                  (i + calls) % 2 == 0
                      ? aggregate(key)
                      : ByteBuffer.wrap(next(key).getBytes(UTF_8))));
    }
    PutRecordsResult result =
        kinesis.putRecords(new PutRecordsRequest().withStreamName(stream).withRecords(entries));
    if (result.getFailedRecordCount() > 0) {
      throw new IllegalStateException("records were refused: " + result);
    }
  }

  private ByteBuffer aggregate(String key) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < AGGREGATED; i++) {
      texts.add(next(key));
    }
    return Aggregate.of(key, texts);
  }

  private String next(String key) {
    return SeenRecords.text(key, countByKey.merge(key, 1, Integer::sum) - 1);
  }
}
