package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.HashKeyRange;
import io.sluice.stack.kinesis.store.SequenceNumber;
import io.sluice.stack.kinesis.store.Shard;
import java.util.List;

/** A shard as DescribeStream and ListShards show it. */
record ShardView(
    @JsonProperty("ShardId") String shardId,
    @JsonProperty("ParentShardId") String parentShardId,
    @JsonProperty("AdjacentParentShardId") String adjacentParentShardId,
    @JsonProperty("HashKeyRange") HashKeys hashKeyRange,
    @JsonProperty("SequenceNumberRange") SequenceNumbers sequenceNumberRange) {

  /** A hash key range in decimal digits. */
  record HashKeys(
      @JsonProperty("StartingHashKey") String start, @JsonProperty("EndingHashKey") String end) {
    static HashKeys of(HashKeyRange range) {
      return new HashKeys(range.start().toString(), range.end().toString());
    }
  }

  /** From the shard's start to its end, which an open shard does not have. */
  record SequenceNumbers(
      @JsonProperty("StartingSequenceNumber") String start,
      @JsonProperty("EndingSequenceNumber") String end) {}

  static ShardView of(Shard shard) {
    List<Shard> parents = shard.parents();
    return new ShardView(
        shard.id(),
        parents.isEmpty() ? null : parents.get(0).id(),
        parents.size() < 2 ? null : parents.get(1).id(),
        HashKeys.of(shard.range()),
        new SequenceNumbers(
            shard.startingSequenceNumber().toString(),
            shard.endingSequenceNumber().map(SequenceNumber::toString).orElse(null)));
  }
}
