package io.sluice.writer.source;

import io.sluice.common.manifest.ShardMark;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * Where the reading of one shard stopped.
 *
 * @param reached what the slice has reached, the old mark when it held no record
 * @param iterator the shard iterator to go on with, null when there is none
 * @param iteratorAt when that iterator was given
 * @param behind how far the reader was behind the tip of the shard
 */
public record SliceEnd(ShardMark reached, String iterator, Instant iteratorAt, Duration behind)
    implements Serializable {}
