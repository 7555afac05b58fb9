package io.sluice.writer.source;

import com.amazonaws.retry.RetryUtils;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.AmazonKinesisException;
import com.amazonaws.services.kinesis.model.DescribeStreamSummaryRequest;
import com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.StreamDescriptionSummary;
import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one stream is committed, whichever way it is read. For one thread at a time; the progress
 * may be read by others.
 */
public final class TrackedStream {
  private final AmazonKinesis kinesis;
  private final SourceConfig config;
  private final String name;
  private final Clock clock;
  private final StreamShards shards;
  private final Map<String, Instant> unlistedSince = new HashMap<>();
  private Duration retention;

  /**
   * The progress as the log has it; read by the job that plans an interval after another one has
   * committed.
   */
  private volatile SourceProgress progress;

  TrackedStream(AmazonKinesis kinesis, SourceConfig config, String name, Clock clock) {
    this.kinesis = kinesis;
    this.config = config;
    this.name = name;
    this.clock = clock;
    this.shards = new StreamShards(kinesis, name, clock);
  }

  /** The stream's name. */
  public String name() {
    return name;
  }

  /** How far the stream is committed. */
  public SourceProgress progress() {
    return progress;
  }

  /** Every shard that the stream holds records of, closed ones included. */
  public List<Shard> shards() {
    return shards.list();
  }

  /**
   * Records of this shard have come: when the listing does not know it, shards were split or merged
   * since, and are listed again.
   */
  public void seen(String shard) {
    if (shards().stream().noneMatch(listed -> listed.getShardId().equals(shard))) {
      shards.forget();
    }
  }

  /** Where each shard stands that the log knows. */
  public Map<String, ShardMark> marks() {
    Map<String, ShardMark> marks = new TreeMap<>();
    progress.marks().forEach(mark -> marks.put(mark.shard(), mark));
    return marks;
  }

  /**
   * Where a shard without a mark begins: at the start of the stream's reading, but a child whose
   * parent we have read begins at its own beginning.
   */
  public StartPosition start(Shard shard) {
    Map<String, ShardMark> marks = marks();
    boolean followsReadParent =
        StreamShards.parents(shard, StreamShards.byId(shards())).stream()
            .map(marks::get)
            .filter(Objects::nonNull)
            .anyMatch(parent -> parent.mark().isPresent());
    return followsReadParent ? StartPosition.trimHorizon() : progress.start();
  }

  void resume(Optional<SourceProgress> committed) {
    StreamDescriptionSummary stream = describe();
    Instant createdAt = stream.getStreamCreationTimestamp().toInstant();
    committed.ifPresent(before -> requireSameStream(before, stream.getStreamARN(), createdAt));
    retention = Duration.ofHours(stream.getRetentionPeriodHours());
    progress =
        new SourceProgress(
            name,
            stream.getStreamARN(),
            createdAt,
            committed.map(SourceProgress::start).orElseGet(this::start),
            List.of(),
            committed.map(SourceProgress::marks).orElse(List.of()));
  }

  SourceProgress after(List<SliceEnd> ends) {
    Map<String, ShardMark> marks = marks();
    ends.stream()
        .map(SliceEnd::reached)
        .filter(reached -> reached.ended() || reached.mark().isPresent())
        .forEach(reached -> marks.put(reached.shard(), reached));
    List<ShardRange> ranges = ends.stream().flatMap(end -> end.range().stream()).toList();
    return new SourceProgress(
        name,
        progress.arn(),
        progress.streamCreatedAt(),
        progress.start(),
        ranges,
        withoutForgotten(marks.values()));
  }

  void committed(SourceProgress newProgress) {
    Map<String, ShardMark> before = marks();
    boolean ended =
        newProgress.marks().stream()
            .anyMatch(mark -> mark.ended() && !mark.equals(before.get(mark.shard())));
    progress = newProgress;
    if (ended) {
      shards.forget();
    }
  }

  /**
   * The mark of a shard that ended says nothing any more once its last record has expired. Kinesis
   * lists a closed shard until then; but a listing that leaves one out by mistake must not make us
   * read it again, so its mark stays until it was missing for as long as the stream keeps records.
   */
  private List<ShardMark> withoutForgotten(Collection<ShardMark> marks) {
    Map<String, Shard> listed = StreamShards.byId(shards());
    unlistedSince.keySet().removeIf(listed::containsKey);
    Instant now = clock.instant();
    return marks.stream()
        .filter(mark -> !mark.ended() || listed.containsKey(mark.shard()) || isRecent(mark, now))
        .toList();
  }

  private boolean isRecent(ShardMark mark, Instant now) {
    Instant since = unlistedSince.computeIfAbsent(mark.shard(), shard -> now);
    return Duration.between(since, now).compareTo(retention) <= 0;
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
          .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(name))
          .getStreamDescriptionSummary();
    } catch (ResourceNotFoundException e) {
      throw problem(
          "there is no stream "
              + name
              + " in this account and region: create it, or correct source.stream",
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
    ConfigException problem = new ConfigException("stream " + name, List.of(what));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
