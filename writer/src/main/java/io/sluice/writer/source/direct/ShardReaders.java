package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.writer.source.direct.ReadAhead.Place;
import io.sluice.writer.source.direct.ShardReader.FeedLease;
import java.time.Clock;

/** Makes the readers of a task: with what was read ahead at their marks, or from the start. */
final class ShardReaders {
  private final AmazonKinesis kinesis;
  private final ReadPlan plan;
  private final ReadAhead ahead;
  private final String executor;
  private final Clock clock;

  /** {@code executor} is where this runs, in the form of Spark's task locations. */
  ShardReaders(
      AmazonKinesis kinesis, ReadPlan plan, ReadAhead ahead, String executor, Clock clock) {
    this.kinesis = kinesis;
    this.plan = plan;
    this.ahead = ahead;
    this.executor = executor;
    this.clock = clock;
  }

  /** A reader that has begun to read ahead, if that is wanted at all. */
  ShardReader open(ShardPlan shard) {
    Place place = new Place(plan.attempt(), shard.stream(), shard.shard());
    ShardFeed feed = ahead.take(place, shard).orElseGet(() -> feed(shard));
    FeedLease lease =
        new FeedLease(feed, left -> ahead.park(place, left, plan.patience()), executor);
    return new ShardReader(shard, lease, plan.config().limits(), clock);
  }

  private ShardFeed feed(ShardPlan shard) {
    return new ShardFeed(
        new ShardCursor(kinesis, shard, clock),
        Pacer.of(shard.stream(), shard.shard(), plan.config().pace()),
        ahead,
        plan.config().prefetchBytes());
  }
}
