package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.HashKeyRange;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.Shard;
import io.sluice.stack.kinesis.store.Stream;
import io.sluice.stack.kinesis.store.Streams;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The actions on the shards of a stream. */
final class ShardOperations {
  private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");

  /** What UpdateShardCount goes up to by default. */
  private static final int MAX_SHARDS = 10_000;

  private final Streams streams;

  ShardOperations(Streams streams) {
    this.streams = streams;
  }

  record ListShardsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("NextToken") String nextToken,
      @JsonProperty("ExclusiveStartShardId") String exclusiveStartShardId,
      @JsonProperty("MaxResults") Integer maxResults,
      @JsonProperty("StreamCreationTimestamp") Instant streamCreationTimestamp,
      @JsonProperty("ShardFilter") ShardFilter shardFilter)
      implements StreamTarget {}

  record ListShardsAnswer(
      @JsonProperty("Shards") List<ShardView> shards,
      @JsonProperty("NextToken") String nextToken) {}

  ListShardsAnswer list(ListShardsRequest request) {
    new Validation()
        .atLeast("maxResults", request.maxResults(), 1)
        .atMost("maxResults", request.maxResults(), 10_000)
        .check();
    Instant now = streams.settings().clock().instant();
    PageToken from = request.nextToken() == null ? first(request, now) : next(request, now);
    Stream stream = streams.usable(from.stream());
    Predicate<Shard> wanted =
        from.filter().isEmpty() ? shard -> true : ShardFilter.decode(from.filter()).on(stream);
    List<Shard> rest =
        stream.shards().stream()
            .filter(shard -> shard.id().compareTo(from.after()) > 0)
            .filter(wanted)
            .toList();
    int limit = Objects.requireNonNullElse(request.maxResults(), 1_000);
    List<Shard> page = rest.subList(0, Math.min(limit, rest.size()));
    return new ListShardsAnswer(
        page.stream().map(ShardView::of).toList(),
        page.size() == rest.size() ? null : after(page.get(page.size() - 1), from, now).encode());
  }

  private PageToken first(ListShardsRequest request, Instant now) {
    Stream stream = streams.usable(request.requiredStream());
    Instant created = request.streamCreationTimestamp();
    // Callers know the creation time in seconds (JSON) or milliseconds.
    if (created != null && created.getEpochSecond() != stream.createdAt().getEpochSecond()) {
      throw new KinesisException(
          Kind.RESOURCE_NOT_FOUND,
          "Stream %s created at %s was not found.".formatted(stream.name(), created));
    }
    String after = Objects.requireNonNullElse(request.exclusiveStartShardId(), "");
    ShardFilter filter = request.shardFilter();
    if (filter == null) {
      return new PageToken(stream.name(), after, "", now);
    }
    filter.on(stream);
    return new PageToken(stream.name(), after, filter.encode(), now);
  }

  private static PageToken next(ListShardsRequest request, Instant now) {
    if (request.streamName() != null
        || request.streamCreationTimestamp() != null
        || request.exclusiveStartShardId() != null) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "NextToken and StreamName, StreamCreationTimestamp or ExclusiveStartShardId cannot be"
              + " provided together.");
    }
    return PageToken.decode(request.nextToken(), now);
  }

  private static PageToken after(Shard shard, PageToken from, Instant now) {
    return new PageToken(from.stream(), shard.id(), from.filter(), now);
  }

  record SplitShardRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("ShardToSplit") String shardToSplit,
      @JsonProperty("NewStartingHashKey") String newStartingHashKey)
      implements StreamTarget {}

  Void split(SplitShardRequest request) {
    new Validation()
        .required("shardToSplit", request.shardToSplit())
        .required("newStartingHashKey", request.newStartingHashKey())
        .pattern("newStartingHashKey", request.newStartingHashKey(), HASH_KEY)
        .check();
    BigInteger newStart = new BigInteger(request.newStartingHashKey());
    if (newStart.compareTo(HashKeyRange.MAX) > 0) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "NewStartingHashKey %s must be in the range [0, 2^128-1].".formatted(newStart));
    }
    streams.existing(request.requiredStream()).split(request.shardToSplit(), newStart);
    return null;
  }

  record MergeShardsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("ShardToMerge") String shardToMerge,
      @JsonProperty("AdjacentShardToMerge") String adjacentShardToMerge)
      implements StreamTarget {}

  Void merge(MergeShardsRequest request) {
    new Validation()
        .required("shardToMerge", request.shardToMerge())
        .required("adjacentShardToMerge", request.adjacentShardToMerge())
        .check();
    streams
        .existing(request.requiredStream())
        .merge(request.shardToMerge(), request.adjacentShardToMerge());
    return null;
  }

  enum ScalingType {
    UNIFORM_SCALING
  }

  record UpdateShardCountRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("TargetShardCount") Integer targetShardCount,
      @JsonProperty("ScalingType") ScalingType scalingType)
      implements StreamTarget {}

  record UpdateShardCountAnswer(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("CurrentShardCount") int currentShardCount,
      @JsonProperty("TargetShardCount") int targetShardCount,
      @JsonProperty("StreamARN") String streamArn) {}

  UpdateShardCountAnswer updateCount(UpdateShardCountRequest request) {
    new Validation()
        .required("targetShardCount", request.targetShardCount())
        .required("scalingType", request.scalingType())
        .atLeast("targetShardCount", request.targetShardCount(), 1)
        .check();
    int target = request.targetShardCount();
    Stream stream = streams.existing(request.requiredStream());
    if (target > MAX_SHARDS) {
      throw new KinesisException(
          Kind.LIMIT_EXCEEDED,
          ("Target shard count or number of open shards cannot be greater than %d. Current open"
                  + " shard count: %d, Target shard count: %d")
              .formatted(MAX_SHARDS, stream.openShards().size(), target));
    }
    int current = stream.updateShardCount(target);
    return new UpdateShardCountAnswer(stream.name(), current, target, stream.arn());
  }
}
