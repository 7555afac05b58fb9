package io.sluice.writer.source;

import com.amazonaws.retry.RetryUtils;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.AmazonKinesisException;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.StreamDescriptionSummary;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import scala.reflect.ClassTag$;

/**
 * Reads a Kinesis stream without receivers: one task a shard asks Kinesis itself, from the shard's
 * mark on.
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
  private final AwsSettings aws;
  private final Clock clock;
  private final AmazonKinesis kinesis;
  private final StreamShards shards;

  /**
   * The progress as the log has it; read by the job that plans an interval after another one has
   * committed.
   */
  private volatile SourceProgress progress;

  private volatile Map<String, SliceEnd> lastEnds = Map.of();

  public DirectSource(SourceConfig config, AwsSettings aws, Clock clock) {
    this(config, aws, clock, KinesisClients.of(aws));
  }

  DirectSource(SourceConfig config, AwsSettings aws, Clock clock, AmazonKinesis kinesis) {
    this.config = config;
    this.aws = aws;
    this.clock = clock;
    this.kinesis = kinesis;
    this.shards = new StreamShards(kinesis, config.stream(), clock);
  }

  @Override
  public SourceProgress resume(Optional<SourceProgress> committed) {
    StreamDescriptionSummary stream = describe();
    Instant createdAt = stream.getStreamCreationTimestamp().toInstant();
    committed.ifPresent(before -> requireSameStream(before, stream.getStreamARN(), createdAt));
    progress =
        new SourceProgress(
            config.stream(),
            stream.getStreamARN(),
            createdAt,
            committed.map(SourceProgress::start).orElseGet(this::start),
            List.of(),
            committed.map(SourceProgress::marks).orElse(List.of()));
    return progress;
  }

  @Override
  public JavaDStream<ShardSlice> stream(JavaStreamingContext context) {
    return new JavaDStream<>(
        new DirectInputDStream(context.ssc(), this::plan, config, aws),
        ClassTag$.MODULE$.apply(ShardSlice.class));
  }

  @Override
  public SourceProgress after(List<ShardRange> ranges, List<SliceEnd> ends) {
    Map<String, ShardMark> marks = new TreeMap<>();
    progress.marks().forEach(mark -> marks.put(mark.shard(), mark));
    ends.stream()
        .map(SliceEnd::reached)
        .filter(reached -> reached.ended() || reached.mark().isPresent())
        .forEach(reached -> marks.put(reached.shard(), reached));
    return new SourceProgress(
        progress.stream(),
        progress.arn(),
        progress.streamCreatedAt(),
        progress.start(),
        ranges,
        withoutForgotten(marks.values()));
  }

  @Override
  public void committed(SourceProgress newProgress, List<SliceEnd> ends) {
    Map<String, SliceEnd> byShard = new HashMap<>();
    ends.forEach(end -> byShard.put(end.reached().shard(), end));
    lastEnds = byShard;
    progress = newProgress;
    if (ends.stream().anyMatch(end -> end.reached().ended())) {
      shards.forget();
    }
  }

  /** What the tasks of the next interval shall read. */
  List<ShardPlan> plan() {
    List<Shard> listed = shards.list();
    Map<String, Shard> byId = StreamShards.byId(listed);
    Map<String, ShardMark> marks = new HashMap<>();
    progress.marks().forEach(mark -> marks.put(mark.shard(), mark));
    List<ShardPlan> plans = new ArrayList<>();
    for (Shard shard : listed) {
      List<ShardMark> parents =
          StreamShards.parents(shard, byId).stream()
              .map(id -> marks.getOrDefault(id, ShardMark.unread(id)))
              .toList();
      ShardMark mark = marks.getOrDefault(shard.getShardId(), ShardMark.unread(shard.getShardId()));
      if (!mark.ended() && parents.stream().allMatch(ShardMark::ended)) {
        plans.add(plan(shard, mark, parents));
      }
    }
    return plans;
  }

  private ShardPlan plan(Shard shard, ShardMark mark, List<ShardMark> parents) {
    boolean followsReadParent = parents.stream().anyMatch(parent -> parent.mark().isPresent());
    return new ShardPlan(
        mark,
        followsReadParent ? StartPosition.trimHorizon() : progress.start(),
        freshIterator(mark),
        new BigInteger(shard.getHashKeyRange().getStartingHashKey()),
        new BigInteger(shard.getHashKeyRange().getEndingHashKey()));
  }

  /**
   * The iterator of the last interval, if it is still alive and stands where the shard is
   * committed.
   */
  private String freshIterator(ShardMark mark) {
    SliceEnd end = lastEnds.get(mark.shard());
    boolean usable =
        end != null
            && end.iterator() != null
            && end.reached().equals(mark)
            && clock.instant().isBefore(end.iteratorAt().plus(ITERATOR_LIFE));
    return usable ? end.iterator() : null;
  }

  /**
   * Marks of shards that ended and have left the stream with their last record say nothing any
   * more.
   */
  private List<ShardMark> withoutForgotten(Collection<ShardMark> marks) {
    Map<String, Shard> listed = StreamShards.byId(shards.list());
    return marks.stream()
        .filter(mark -> !mark.ended() || listed.containsKey(mark.shard()))
        .toList();
  }

  private StartPosition start() {
    return switch (config.initialPosition()) {
      case TRIM_HORIZON -> StartPosition.trimHorizon();
      case LATEST -> StartPosition.at(clock.instant());
      case AT_TIMESTAMP -> StartPosition.at(pastStart());
    };
  }

  /** Kinesis gives no iterator at a time to come: without this check every interval would fail. */
  private Instant pastStart() {
    if (config.startAt().isAfter(clock.instant())) {
      throw problem("source.start-at = " + config.startAt() + " has not come yet", null);
    }
    return config.startAt();
  }

  private StreamDescriptionSummary describe() {
    try {
      return kinesis
          .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(config.stream()))
          .getStreamDescriptionSummary();
    } catch (ResourceNotFoundException e) {
      throw problem(
          "there is no such stream in this account and region: create it, or correct source.stream",
          e);
    } catch (AmazonKinesisException e) {
      if (RetryUtils.isThrottlingException(e) || e.getStatusCode() >= 500) {
        throw e;
      }
      throw problem("Kinesis refuses to describe it: " + e.getMessage(), e);
    }
  }

  private void requireSameStream(SourceProgress before, String arn, Instant createdAt) {
    if (!before.arn().equals(arn) || !before.streamCreatedAt().equals(createdAt)) {
      throw problem(
          "the batch folder has the marks of %s, created at %s, and this is %s, created at %s: "
                  .formatted(before.arn(), before.streamCreatedAt(), arn, createdAt)
              + "a stream that was made again starts in a batch folder of its own",
          null);
    }
  }

  private ConfigException problem(String what, Exception cause) {
    ConfigException problem = new ConfigException("stream " + config.stream(), List.of(what));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
