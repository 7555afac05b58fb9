package io.sluice.writer.source.direct;

import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * What one task shall read of one shard.
 *
 * @param stream the stream's name
 * @param mark where the shard is committed
 * @param start where to begin when nothing of the shard is committed
 * @param iterator a shard iterator that stands at the mark, null to ask for a new one
 * @param executor where records after the mark may have been read ahead, null for nowhere
 * @param firstHash the lowest hash key of the shard
 * @param lastHash the highest one: aggregated records outside of both belong to another shard
 */
record ShardPlan(
    String stream,
    ShardMark mark,
    StartPosition start,
    String iterator,
    String executor,
    BigInteger firstHash,
    BigInteger lastHash)
    implements Serializable {
  String shard() {
    return mark.shard();
  }
}
