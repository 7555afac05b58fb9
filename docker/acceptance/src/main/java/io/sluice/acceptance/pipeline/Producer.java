package io.sluice.acceptance.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Puts records into a stream, in batches, each record once: what Kinesis refuses of a batch is put
 * again.
 */
public final class Producer {
  private static final int RECORDS_A_REQUEST = 500;

  private final AmazonKinesis kinesis;
  private final String stream;
  private final AtomicLong put = new AtomicLong();

  public Producer(AmazonKinesis kinesis, String stream) {
    this.kinesis = kinesis;
    this.stream = stream;
  }

  /** How many records are in the stream. */
  public long put() {
    return put.get();
  }

  /** Puts them all, in their order, spread over the shards by their place in it. */
  public void put(Stream<String> records) {
    List<PutRecordsRequestEntry> batch = new ArrayList<>();
    long number = put.get();
    for (Iterator<String> it = records.iterator(); it.hasNext(); ) {
      batch.add(
          new PutRecordsRequestEntry()
              .withPartitionKey(Long.toString(number++))
              .withData(ByteBuffer.wrap(it.next().getBytes(UTF_8))));
      if (batch.size() == RECORDS_A_REQUEST || !it.hasNext()) {
        putAll(batch);
        batch.clear();
      }
    }
  }

  private void putAll(List<PutRecordsRequestEntry> batch) {
    List<PutRecordsRequestEntry> left = List.copyOf(batch);
    while (!left.isEmpty()) {
      PutRecordsResult result =
          kinesis.putRecords(new PutRecordsRequest().withStreamName(stream).withRecords(left));
      List<PutRecordsRequestEntry> refused = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        if (result.getRecords().get(i).getErrorCode() != null) {
          refused.add(left.get(i));
        }
      }
      put.addAndGet(left.size() - refused.size());
      left = refused;
    }
  }
}
