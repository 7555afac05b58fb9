package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.Shard;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SliceEnd.Continuation;
import io.sluice.writer.source.Source;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.StreamShards;
import io.sluice.writer.source.TrackedStream;
import io.sluice.writer.source.TrackedStreams;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import scala.reflect.ClassTag$;

/**
 * Reads Kinesis streams without receivers: tasks ask Kinesis themselves, from each shard's mark on.
 *
 * <p>A shard is read once all its listed parents have been read to their ends, so that the records
 * of a key keep their order through splits and merges. Shards without a mark begin at the start
 * position, but a child whose parent we have read begins at its own beginning.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
public final class DirectSource implements Source {
  /** Kinesis lets an iterator live for five minutes. */
  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(4);

  private final SourceConfig config;
  private final AwsSettings kinesisSettings;
  private final Clock clock;
  private final TrackedStreams tracked;

  private record ShardId(String stream, String shard) {}

  private volatile Map<ShardId, SliceEnd> lastEnds = Map.of();

  public DirectSource(SourceConfig config, AwsSettings aws, Clock clock) {
    this(config, aws, clock, KinesisClients.of(config.kinesis(aws)));
  }

  DirectSource(SourceConfig config, AwsSettings aws, Clock clock, AmazonKinesis kinesis) {
    this.config = config;
    this.kinesisSettings = config.kinesis(aws);
    this.clock = clock;
    this.tracked = new TrackedStreams(kinesis, config, clock);
  }

  /**
   * A task waits a little for the executor that has read its shards ahead, not for the three
   * seconds that Spark would let it: the records can be had from Kinesis, too.
   */
  @Override
  public void prepare(SparkConf spark) {
    spark.setIfMissing("spark.locality.wait", "200ms");
  }

  @Override
  public List<SourceProgress> resume(List<SourceProgress> committed) {
    return tracked.resume(committed);
  }

  @Override
  public JavaDStream<ShardSlice> stream(
      JavaStreamingContext context, Manifest takeover, IntSupplier partitions) {
    ReadPlan plan =
        ReadPlan.of(
            kinesisSettings, config.direct(), takeover.writer().attempt(), takeover.interval());
    return new JavaDStream<>(
        new DirectInputDStream(
            context.ssc(), () -> PartitionPlanner.group(plan(), partitions.getAsInt()), plan),
        ClassTag$.MODULE$.apply(ShardSlice.class));
  }

  @Override
  public List<SourceProgress> after(List<SliceEnd> ends) {
    return tracked.after(ends);
  }

  @Override
  public void committed(List<SourceProgress> progress, List<SliceEnd> ends) {
    Map<ShardId, SliceEnd> byShard = new HashMap<>();
    ends.forEach(end -> byShard.put(new ShardId(end.stream(), end.reached().shard()), end));
    lastEnds = byShard;
    tracked.committed(progress);
  }

  @Override
  public void close() {
    // What was read ahead is forgotten by itself.
  }

  /** What the tasks of the next interval shall read. */
  List<ShardPlan> plan() {
    List<ShardPlan> plans = new ArrayList<>();
    tracked.streams().forEach(stream -> plan(stream, plans));
    return plans;
  }

  private void plan(TrackedStream stream, List<ShardPlan> plans) {
    List<Shard> listed = stream.shards();
    Map<String, Shard> byId = StreamShards.byId(listed);
    Map<String, ShardMark> marks = stream.marks();
    for (Shard shard : listed) {
      ShardMark mark = marks.getOrDefault(shard.getShardId(), ShardMark.unread(shard.getShardId()));
      boolean parentsEnded =
          StreamShards.parents(shard, byId).stream()
              .allMatch(id -> marks.containsKey(id) && marks.get(id).ended());
      if (!mark.ended() && parentsEnded) {
        plans.add(plan(stream, shard, mark));
      }
    }
  }

  private ShardPlan plan(TrackedStream stream, Shard shard, ShardMark mark) {
    SliceEnd end = lastEnds.get(new ShardId(stream.name(), mark.shard()));
    Continuation next = end != null && end.reached().equals(mark) ? end.next() : null;
    boolean alive = next != null && clock.instant().isBefore(next.iteratorAt().plus(ITERATOR_LIFE));
    return new ShardPlan(
        stream.name(),
        mark,
        stream.start(shard),
        alive ? next.iterator() : null,
        next == null ? null : next.executor(),
        new BigInteger(shard.getHashKeyRange().getStartingHashKey()),
        new BigInteger(shard.getHashKeyRange().getEndingHashKey()));
  }
}
