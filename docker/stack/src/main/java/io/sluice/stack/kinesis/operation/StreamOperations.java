package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.Stream;
import io.sluice.stack.kinesis.store.StreamMode;
import io.sluice.stack.kinesis.store.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The actions on whole streams. */
final class StreamOperations {
  private static final int MAX_SHARDS = 100_000;
  private static final int ON_DEMAND_SHARDS = 4;
  private static final int MAX_ON_DEMAND_STREAMS = 50;
  private static final int MIN_RETENTION_HOURS = 24;
  private static final int MAX_RETENTION_HOURS = 8_760;

  private final Streams streams;

  StreamOperations(Streams streams) {
    this.streams = streams;
  }

  record ModeDetails(@JsonProperty("StreamMode") StreamMode streamMode) {}

  record CreateStreamRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("ShardCount") Integer shardCount,
      @JsonProperty("StreamModeDetails") ModeDetails modeDetails,
      @JsonProperty("Tags") Map<String, String> tags)
      implements Request {
    @Override
    public String stream() {
      return streamName;
    }

    StreamMode mode() {
      return modeDetails == null || modeDetails.streamMode() == null
          ? StreamMode.PROVISIONED
          : modeDetails.streamMode();
    }
  }

  Void create(CreateStreamRequest request) {
    boolean provisioned = request.mode() == StreamMode.PROVISIONED;
    new Validation()
        .required("streamName", request.streamName())
        .streamName("streamName", request.streamName())
        .atLeast("shardCount", request.shardCount(), 1)
        .atMost("shardCount", request.shardCount(), MAX_SHARDS)
        .check();
    if (provisioned == (request.shardCount() == null)) {
      throw new KinesisException(
          Kind.VALIDATION,
          provisioned
              ? "ShardCount must be provided for a stream in PROVISIONED mode."
              : "ShardCount must not be provided for a stream in ON_DEMAND mode.");
    }
    if (request.tags() != null) {
      TagOperations.validate(request.tags());
    }
    int shards = provisioned ? request.shardCount() : ON_DEMAND_SHARDS;
    Stream created = streams.create(request.streamName(), request.mode(), shards);
    if (request.tags() != null) {
      created.tags().putAll(request.tags());
    }
    return null;
  }

  record StreamRequest(
      @JsonProperty("StreamName") String streamName, @JsonProperty("StreamARN") String streamArn)
      implements StreamTarget {}

  Void delete(StreamRequest request) {
    streams.delete(request.requiredStream());
    return null;
  }

  record DescribeStreamRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("Limit") Integer limit,
      @JsonProperty("ExclusiveStartShardId") String exclusiveStartShardId)
      implements StreamTarget {}

  record DescribeStreamAnswer(@JsonProperty("StreamDescription") Description description) {}

  record Metrics(@JsonProperty("ShardLevelMetrics") List<String> shardLevelMetrics) {}

  record Description(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("StreamStatus") String streamStatus,
      @JsonProperty("StreamModeDetails") ModeDetails modeDetails,
      @JsonProperty("StreamCreationTimestamp") Instant createdAt,
      @JsonProperty("RetentionPeriodHours") long retentionPeriodHours,
      @JsonProperty("EncryptionType") String encryptionType,
      @JsonProperty("EnhancedMonitoring") List<Metrics> enhancedMonitoring,
      @JsonProperty("Shards") List<ShardView> shards,
      @JsonProperty("HasMoreShards") Boolean hasMoreShards,
      @JsonProperty("OpenShardCount") Long openShardCount,
      @JsonProperty("ConsumerCount") Integer consumerCount) {}

  DescribeStreamAnswer describe(DescribeStreamRequest request) {
    new Validation()
        .atLeast("limit", request.limit(), 1)
        .atMost("limit", request.limit(), 10_000)
        .check();
    Stream stream = streams.existing(request.requiredStream());
    int limit = Math.min(100, Objects.requireNonNullElse(request.limit(), 100));
    String after = Objects.requireNonNullElse(request.exclusiveStartShardId(), "");
    List<ShardView> rest =
        stream.shards().stream()
            .filter(shard -> shard.id().compareTo(after) > 0)
            .map(ShardView::of)
            .toList();
    List<ShardView> page = rest.subList(0, Math.min(limit, rest.size()));
    return new DescribeStreamAnswer(
        description(stream, page, page.size() < rest.size(), null, null));
  }

  record SummaryAnswer(@JsonProperty("StreamDescriptionSummary") Description description) {}

  SummaryAnswer summarize(StreamRequest request) {
    Stream stream = streams.existing(request.requiredStream());
    long open = stream.openShards().size();
    return new SummaryAnswer(description(stream, null, null, open, 0));
  }

  private static Description description(
      Stream stream, List<ShardView> shards, Boolean more, Long openShards, Integer consumers) {
    return new Description(
        stream.name(),
        stream.arn(),
        stream.status().name(),
        new ModeDetails(stream.mode()),
        stream.createdAt(),
        stream.retention().toHours(),
        "NONE",
        List.of(new Metrics(List.of())),
        shards,
        more,
        openShards,
        consumers);
  }

  record ListStreamsRequest(
      @JsonProperty("Limit") Integer limit,
      @JsonProperty("ExclusiveStartStreamName") String exclusiveStartStreamName,
      @JsonProperty("NextToken") String nextToken)
      implements Request {}

  record StreamLine(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("StreamStatus") String streamStatus,
      @JsonProperty("StreamModeDetails") ModeDetails modeDetails,
      @JsonProperty("StreamCreationTimestamp") Instant createdAt) {
    static StreamLine of(Stream stream) {
      return new StreamLine(
          stream.name(),
          stream.arn(),
          stream.status().name(),
          new ModeDetails(stream.mode()),
          stream.createdAt());
    }
  }

  record ListStreamsAnswer(
      @JsonProperty("StreamNames") List<String> streamNames,
      @JsonProperty("HasMoreStreams") boolean hasMoreStreams,
      @JsonProperty("NextToken") String nextToken,
      @JsonProperty("StreamSummaries") List<StreamLine> streamSummaries) {}

  ListStreamsAnswer list(ListStreamsRequest request) {
    new Validation()
        .atLeast("limit", request.limit(), 1)
        .atMost("limit", request.limit(), 10_000)
        .check();
    Instant now = streams.settings().clock().instant();
    String after =
        request.nextToken() == null
            ? Objects.requireNonNullElse(request.exclusiveStartStreamName(), "")
            : PageToken.decode(request.nextToken(), now).after();
    int limit = Objects.requireNonNullElse(request.limit(), 100);
    List<Stream> rest =
        streams.all().stream().filter(stream -> stream.name().compareTo(after) > 0).toList();
    List<Stream> page = rest.subList(0, Math.min(limit, rest.size()));
    boolean more = page.size() < rest.size();
    return new ListStreamsAnswer(
        page.stream().map(Stream::name).toList(),
        more,
        more ? new PageToken("", page.get(page.size() - 1).name(), "", now).encode() : null,
        page.stream().map(StreamLine::of).toList());
  }

  record DescribeLimitsRequest() implements Request {}

  record LimitsAnswer(
      @JsonProperty("ShardLimit") int shardLimit,
      @JsonProperty("OpenShardCount") int openShardCount,
      @JsonProperty("OnDemandStreamCount") int onDemandStreamCount,
      @JsonProperty("OnDemandStreamCountLimit") int onDemandStreamCountLimit) {}

  LimitsAnswer limits(DescribeLimitsRequest request) {
    List<Stream> all = streams.all();
    int open =
        all.stream()
            .filter(stream -> stream.mode() == StreamMode.PROVISIONED)
            .mapToInt(stream -> stream.openShards().size())
            .sum();
    int onDemand =
        (int) all.stream().filter(stream -> stream.mode() == StreamMode.ON_DEMAND).count();
    return new LimitsAnswer(MAX_SHARDS, open, onDemand, MAX_ON_DEMAND_STREAMS);
  }

  record RetentionRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("RetentionPeriodHours") Integer retentionPeriodHours)
      implements StreamTarget {
    int hours() {
      new Validation().required("retentionPeriodHours", retentionPeriodHours).check();
      if (retentionPeriodHours < MIN_RETENTION_HOURS) {
        throw outOfBounds("Minimum", MIN_RETENTION_HOURS, "short");
      }
      if (retentionPeriodHours > MAX_RETENTION_HOURS) {
        throw outOfBounds("Maximum", MAX_RETENTION_HOURS, "long");
      }
      return retentionPeriodHours;
    }

    private KinesisException outOfBounds(String bound, int hours, String what) {
      return new KinesisException(
          Kind.INVALID_ARGUMENT,
          "%s allowed retention period is %d hours. Requested retention period (%d hours) is too %s."
              .formatted(bound, hours, retentionPeriodHours, what));
    }
  }

  Void increaseRetention(RetentionRequest request) {
    Stream stream = streams.usable(request.requiredStream());
    int hours = request.hours();
    if (hours < stream.retention().toHours()) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Requested retention period (%d hours) for stream %s can not be shorter than existing"
                  .formatted(hours, stream.name())
              + " retention period (%d hours). Use DecreaseRetentionPeriod API."
                  .formatted(stream.retention().toHours()));
    }
    stream.retain(Duration.ofHours(hours));
    return null;
  }

  Void decreaseRetention(RetentionRequest request) {
    Stream stream = streams.usable(request.requiredStream());
    int hours = request.hours();
    if (hours > stream.retention().toHours()) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Requested retention period (%d hours) for stream %s can not be longer than existing"
                  .formatted(hours, stream.name())
              + " retention period (%d hours). Use IncreaseRetentionPeriod API."
                  .formatted(stream.retention().toHours()));
    }
    stream.retain(Duration.ofHours(hours));
    return null;
  }
}
