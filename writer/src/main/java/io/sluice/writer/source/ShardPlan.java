package io.sluice.writer.source;

import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * What one task shall read.
 *
 * @param mark where the shard is committed
 * @param start where to begin when nothing of the shard is committed
 * @param iterator a shard iterator that stands at the mark, null to ask for a new one
 * @param firstHash the lowest hash key of the shard
 * @param lastHash the highest one: aggregated records outside of both belong to another shard
 */
record ShardPlan(
    ShardMark mark, StartPosition start, String iterator, BigInteger firstHash, BigInteger lastHash)
    implements Serializable {}
