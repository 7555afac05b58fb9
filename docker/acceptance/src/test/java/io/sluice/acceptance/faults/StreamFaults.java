package io.sluice.acceptance.faults;

import static io.sluice.acceptance.faults.EventPipeline.STREAM;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.MergeShardsRequest;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.SplitShardRequest;
import com.amazonaws.services.kinesis.model.UpdateShardCountRequest;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Splits and merges shards and changes their number, while the stream is written and read. */
final class StreamFaults {
  private static final int MOST_SHARDS = 6;

  private final Scene scene;
  private final AmazonKinesis kinesis;
  private final Random random;

  StreamFaults(Scene scene, Random random) {
    this.scene = scene;
    this.kinesis = scene.pipeline().clients().kinesis();
    this.random = random;
  }

  void split() {
    List<Shard> open = open();
    Shard shard = open.get(random.nextInt(open.size()));
    BigInteger middle =
        new BigInteger(shard.getHashKeyRange().getStartingHashKey())
            .add(new BigInteger(shard.getHashKeyRange().getEndingHashKey()))
            .shiftRight(1);
    kinesis.splitShard(
        new SplitShardRequest()
            .withStreamName(STREAM)
            .withShardToSplit(shard.getShardId())
            .withNewStartingHashKey(middle.toString()));
    awaitSettled();
  }

  void merge() {
    List<Shard> open = open();
    int first = random.nextInt(open.size() - 1);
    kinesis.mergeShards(
        new MergeShardsRequest()
            .withStreamName(STREAM)
            .withShardToMerge(open.get(first).getShardId())
            .withAdjacentShardToMerge(open.get(first + 1).getShardId()));
    awaitSettled();
  }

  /** To double or half, or somewhere between. */
  void rescale() {
    int now = open().size();
    int lowest = Math.max(2, (now + 1) / 2);
    int highest = Math.max(lowest + 1, Math.min(MOST_SHARDS, 2 * now));
    int target = lowest + random.nextInt(highest - lowest + 1);
    kinesis.updateShardCount(
        new UpdateShardCountRequest()
            .withStreamName(STREAM)
            .withTargetShardCount(target == now ? highest : target)
            .withScalingType("UNIFORM_SCALING"));
    awaitSettled();
  }

  private void awaitSettled() {
    scene.awaitThat("the stream is active again", scene.pipeline()::isStreamActive);
    scene.awaitProgress();
  }

  /** The shards that take records, in the order of their hash keys. */
  private List<Shard> open() {
    return kinesis.listShards(new ListShardsRequest().withStreamName(STREAM)).getShards().stream()
        .filter(shard -> shard.getSequenceNumberRange().getEndingSequenceNumber() == null)
        .sorted(
            Comparator.comparing(
                shard -> new BigInteger(shard.getHashKeyRange().getStartingHashKey())))
        .toList();
  }
}
