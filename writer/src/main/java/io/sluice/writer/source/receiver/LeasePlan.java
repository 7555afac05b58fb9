package io.sluice.writer.source.receiver;

import com.amazonaws.services.kinesis.clientlibrary.types.ExtendedSequenceNumber;
import com.amazonaws.services.kinesis.leases.impl.HashKeyRangeForLease;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLease;
import com.amazonaws.services.kinesis.model.Shard;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.StreamShards;
import io.sluice.writer.source.TrackedStream;
import java.util.List;
import java.util.Map;

/**
 * What the lease table of a run says before its receivers start: each shard goes on at its mark, so
 * that only the log decides where reading begins. Ended shards are there, too, for their children
 * wait until the table says so.
 */
final class LeasePlan {
  private LeasePlan() {}

  /** The leases of all shards that Kinesis lists. */
  static List<KinesisClientLease> of(TrackedStream stream) {
    List<Shard> listed = stream.shards();
    Map<String, Shard> byId = StreamShards.byId(listed);
    Map<String, ShardMark> marks = stream.marks();
    return listed.stream()
        .map(
            shard ->
                lease(
                    shard,
                    checkpoint(marks.get(shard.getShardId()), stream.start(shard)),
                    StreamShards.parents(shard, byId),
                    children(shard, listed)))
        .toList();
  }

  private static KinesisClientLease lease(
      Shard shard, ExtendedSequenceNumber checkpoint, List<String> parents, List<String> children) {
    KinesisClientLease lease = new KinesisClientLease();
    lease.setLeaseKey(shard.getShardId());
    lease.setLeaseCounter(0L);
    lease.setCheckpoint(checkpoint);
    lease.setOwnerSwitchesSinceCheckpoint(0L);
    lease.setParentShardIds(parents);
    if (!children.isEmpty()) {
      lease.setChildShardIds(children);
    }
    lease.setHashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.getHashKeyRange()));
    return lease;
  }

  static ExtendedSequenceNumber checkpoint(ShardMark mark, StartPosition start) {
    if (mark != null && mark.ended()) {
      return ExtendedSequenceNumber.SHARD_END;
    }
    if (mark != null && mark.mark().isPresent()) {
      Mark at = mark.mark().get();
      return new ExtendedSequenceNumber(at.sequenceNumber().toString(), at.subSequenceNumber());
    }
    return start.startTime().isPresent()
        ? ExtendedSequenceNumber.AT_TIMESTAMP
        : ExtendedSequenceNumber.TRIM_HORIZON;
  }

  private static List<String> children(Shard parent, List<Shard> listed) {
    String id = parent.getShardId();
    return listed.stream()
        .filter(
            shard ->
                id.equals(shard.getParentShardId()) || id.equals(shard.getAdjacentParentShardId()))
        .map(Shard::getShardId)
        .toList();
  }
}
