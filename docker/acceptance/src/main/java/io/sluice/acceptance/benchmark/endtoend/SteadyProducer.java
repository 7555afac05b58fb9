package io.sluice.acceptance.benchmark.endtoend;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import com.amazonaws.services.kinesis.model.PutRecordsResultEntry;
import io.sluice.acceptance.benchmark.Events;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts events at a constant rate and remembers when and where each arrived. */
final class SteadyProducer {
  /** Requests a second; each carries a part of the rate. */
  private static final int REQUESTS = 20;

  private final AmazonKinesis kinesis;
  private final String stream;
  private final Events events;
  private final Clock clock;

  SteadyProducer(AmazonKinesis kinesis, String stream, Events events, Clock clock) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.events = events;
    this.clock = clock;
  }

  /** A record in the stream. */
  record Arrival(String shard, BigInteger sequenceNumber, Instant at) {}

  /** Puts for so long; returns all records. */
  List<Arrival> put(int recordsASecond, Duration length) throws InterruptedException {
    List<Arrival> arrivals = new ArrayList<>();
    int each = Math.max(1, recordsASecond / REQUESTS);
    long pause = 1_000_000_000L * each / recordsASecond;
    long begun = System.nanoTime();
    for (long request = 0; request * pause < length.toNanos(); request++) {
      long left = begun + request * pause - System.nanoTime();
      if (left > 0) {
        NANOSECONDS.sleep(left);
      }
      arrivals.addAll(put(request * each, each));
    }
    return arrivals;
  }

  private List<Arrival> put(long from, int count) {
    PutRecordsRequest request = new PutRecordsRequest().withStreamName(stream);
    for (long number = from; number < from + count; number++) {
      request.withRecords(
          new PutRecordsRequestEntry()
              .withPartitionKey(Long.toString(number))
              .withData(ByteBuffer.wrap(events.json(number))));
    }
    Instant at = clock.instant();
    PutRecordsResult result = kinesis.putRecords(request);
    if (result.getFailedRecordCount() > 0) {
      throw new IllegalStateException("Kinesis refuses records: lower the rate");
    }
    List<Arrival> arrivals = new ArrayList<>(count);
    for (PutRecordsResultEntry entry : result.getRecords()) {
      arrivals.add(new Arrival(entry.getShardId(), new BigInteger(entry.getSequenceNumber()), at));
    }
    return arrivals;
  }
}
