package io.sluice.writer.source;

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

/** A stream of its own for one test: records {@code key:n}, n counting up within the key. */
final class TestStream {
  private static final int RECORDS_A_REQUEST = 500;

  private final AmazonKinesis kinesis;
  private final String name;
  private final List<String> put = new ArrayList<>();

  private TestStream(AmazonKinesis kinesis, String name) {
    this.kinesis = kinesis;
    this.name = name;
  }

  static TestStream create(AmazonKinesis kinesis, int shards) {
    TestStream stream = new TestStream(kinesis, "s-" + UUID.randomUUID());
    stream.createAgain(shards);
    return stream;
  }

  void createAgain(int shards) {
    kinesis.createStream(name, shards);
    awaitActive();
  }

  void delete() {
    kinesis.deleteStream(name);
    await().until(() -> !kinesis.listStreams().getStreamNames().contains(name));
  }

  String name() {
    return name;
  }

  /** Everything that was put by {@link #put(int)}, in the order of putting. */
  List<String> texts() {
    return List.copyOf(put);
  }

  /** Puts so many records over twenty keys. */
  void put(int count) {
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

  void putOne(String key, byte[] data) {
    kinesis.putRecord(name, ByteBuffer.wrap(data), key);
  }

  List<Shard> shards() {
    return kinesis.listShards(new ListShardsRequest().withStreamName(name)).getShards();
  }

  /** Splits a shard in the middle of its hash keys. */
  void split(String shardId) {
    Shard shard = shards().stream().filter(s -> s.getShardId().equals(shardId)).findFirst().get();
    BigInteger first = new BigInteger(shard.getHashKeyRange().getStartingHashKey());
    BigInteger last = new BigInteger(shard.getHashKeyRange().getEndingHashKey());
    kinesis.splitShard(name, shardId, first.add(last).shiftRight(1).toString());
    awaitActive();
  }

  void merge(String shardId, String adjacent) {
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
