package io.sluice.writer.source.direct;

import static org.awaitility.Awaitility.await;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.Shard;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** A stream of its own for one test: records {@code key:n}, n counting up within the key. */
public final class TestStream {
  private static final int RECORDS_A_REQUEST = 500;

  private final AmazonKinesis kinesis;
  private final String name;
  private final List<String> put = new ArrayList<>();

  private TestStream(AmazonKinesis kinesis, String name) {
    this.kinesis = kinesis;
    this.name = name;
  }

  public static TestStream create(AmazonKinesis kinesis, int shards) {
    TestStream stream = new TestStream(kinesis, "s-" + UUID.randomUUID());
    stream.createAgain(shards);
    return stream;
  }

  public void createAgain(int shards) {
    kinesis.createStream(name, shards);
    awaitActive();
  }

  public void delete() {
    kinesis.deleteStream(name);
    await().until(() -> !kinesis.listStreams().getStreamNames().contains(name));
  }

  public String name() {
    return name;
  }

  /** Everything that was put by {@link #put(int)}, in the order of putting. */
  public List<String> texts() {
    return List.copyOf(put);
  }

  /** Puts so many records over twenty keys. */
  public void put(int count) {
    for (int done = 0; done < count; done += RECORDS_A_REQUEST) {
      List<PutRecordsRequestEntry> entries = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + RECORDS_A_REQUEST); i++) {
        String key = "key" + put.size() % 20;
        String text = key + ":" + put.size();
        put.add(text);
        entries.add(
            new PutRecordsRequestEntry()
                .withPartitionKey(key)
                .withData(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
      }
      kinesis.putRecords(new PutRecordsRequest().withStreamName(name).withRecords(entries));
    }
  }

  /** Puts these over twenty keys. */
  public void putAll(List<byte[]> records) {
    int[] number = {0};
    putAll(records, () -> "key" + number[0]++ % 20);
  }

  /** Puts these, all with one key: in their order into one shard. */
  public void putAllByKey(String key, List<byte[]> records) {
    putAll(records, () -> key);
  }

  private void putAll(List<byte[]> records, Supplier<String> keys) {
    for (int done = 0; done < records.size(); done += RECORDS_A_REQUEST) {
      List<PutRecordsRequestEntry> entries =
          records.subList(done, Math.min(records.size(), done + RECORDS_A_REQUEST)).stream()
              .map(
                  record ->
                      new PutRecordsRequestEntry()
                          .withPartitionKey(keys.get())
                          .withData(ByteBuffer.wrap(record)))
              .toList();
      kinesis.putRecords(new PutRecordsRequest().withStreamName(name).withRecords(entries));
    }
  }

  public void putOne(String key, byte[] data) {
    kinesis.putRecord(name, ByteBuffer.wrap(data), key);
  }

  public List<Shard> shards() {
    return kinesis.listShards(new ListShardsRequest().withStreamName(name)).getShards();
  }

  /** Splits a shard in the middle of its hash keys. */
  public void split(String shardId) {
    Shard shard = shards().stream().filter(s -> s.getShardId().equals(shardId)).findFirst().get();
    BigInteger first = new BigInteger(shard.getHashKeyRange().getStartingHashKey());
    BigInteger last = new BigInteger(shard.getHashKeyRange().getEndingHashKey());
    kinesis.splitShard(name, shardId, first.add(last).shiftRight(1).toString());
    awaitActive();
  }

  public void merge(String shardId, String adjacent) {
    kinesis.mergeShards(name, shardId, adjacent);
    awaitActive();
  }

  private void awaitActive() {
    await()
        .until(
            () ->
                kinesis
                    .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(name))
                    .getStreamDescriptionSummary()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }
}
