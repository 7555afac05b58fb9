package io.sluice.writer.source.receiver;

import java.io.Serializable;
import java.util.Comparator;

/** A shard of one of the writer's streams. */
record ShardId(String stream, String shard) implements Serializable, Comparable<ShardId> {
  private static final Comparator<ShardId> ORDER =
      Comparator.comparing(ShardId::stream).thenComparing(ShardId::shard);

  @Override
  public int compareTo(ShardId other) {
    return ORDER.compare(this, other);
  }
}
