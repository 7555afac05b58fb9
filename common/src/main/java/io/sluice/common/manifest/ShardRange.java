package io.sluice.common.manifest;

import java.io.Serializable;

/**
 * What one batch interval took from one shard.
 *
 * @param shard the shard's id
 * @param from the first record of the range
 * @param to the last record of the range
 * @param records how many user records lie between them, both included: KPL aggregates count by
 *     what they hold
 */
public record ShardRange(String shard, Mark from, Mark to, long records) implements Serializable {
  public ShardRange {
    if (from.compareTo(to) > 0 || records < 1) {
      throw new IllegalArgumentException(
          "shard %s cannot give %d records from %s to %s".formatted(shard, records, from, to));
    }
  }
}
