package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.SequenceNumber;
import io.sluice.stack.kinesis.store.Shard;
import io.sluice.stack.kinesis.store.ShardRead;
import io.sluice.stack.kinesis.store.StoredRecord;
import io.sluice.stack.kinesis.store.Stream;
import io.sluice.stack.kinesis.store.Streams;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The actions that read the records of a shard. */
final class ReadOperations {
  private static final int MAX_RECORDS = 10_000;

  private final Streams streams;

  ReadOperations(Streams streams) {
    this.streams = streams;
  }

  enum IteratorType {
    AT_SEQUENCE_NUMBER,
    AFTER_SEQUENCE_NUMBER,
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP
  }

  record GetShardIteratorRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("ShardId") String shardId,
      @JsonProperty("ShardIteratorType") IteratorType type,
      @JsonProperty("StartingSequenceNumber") String startingSequenceNumber,
      @JsonProperty("Timestamp") Instant timestamp)
      implements StreamTarget {}

  record GetShardIteratorAnswer(@JsonProperty("ShardIterator") String shardIterator) {}

  GetShardIteratorAnswer iterator(GetShardIteratorRequest request) {
    new Validation()
        .required("shardId", request.shardId())
        .required("shardIteratorType", request.type())
        .check();
    Stream stream = streams.usable(request.requiredStream());
    Shard shard = stream.shard(request.shardId());
    long position =
        switch (request.type()) {
          case TRIM_HORIZON -> shard.trimHorizon();
          case LATEST -> shard.latest();
          case AT_SEQUENCE_NUMBER -> shard.at(startingNumber(request, stream, shard));
          case AFTER_SEQUENCE_NUMBER -> shard.after(startingNumber(request, stream, shard));
          case AT_TIMESTAMP -> shard.atTimestamp(timestamp(request));
        };
    ShardIterator iterator =
        new ShardIterator(stream.name(), stream.createdAt(), shard.id(), position, now());
    return new GetShardIteratorAnswer(iterator.encode());
  }

  private SequenceNumber startingNumber(
      GetShardIteratorRequest request, Stream stream, Shard shard) {
    String text = request.startingSequenceNumber();
    if (text == null) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and"
              + " StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no"
              + " StartingSequenceNumber. Request specified "
              + request.type()
              + " and no StartingSequenceNumber.");
    }
    SequenceNumber number = parse(text, stream, shard);
    if (!shard.gaveOut(number)) {
      throw foreign(text, stream, shard, null);
    }
    return number;
  }

  private SequenceNumber parse(String text, Stream stream, Shard shard) {
    try {
      return SequenceNumber.parse(text);
    } catch (IllegalArgumentException e) {
      throw foreign(text, stream, shard, e);
    }
  }

  private KinesisException foreign(String text, Stream stream, Shard shard, Throwable cause) {
    return new KinesisException(
        Kind.INVALID_ARGUMENT,
        ("StartingSequenceNumber %s used in GetShardIterator on shard %s in stream %s under"
                + " account %s is invalid because it did not come from this stream.")
            .formatted(text, shard.id(), stream.name(), streams.settings().account()),
        cause);
  }

  private Instant timestamp(GetShardIteratorRequest request) {
    Instant timestamp = request.timestamp();
    if (timestamp == null) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "Must specify timestamp parameter for iterator of type AT_TIMESTAMP.");
    }
    if (timestamp.isAfter(now())) {
      throw new KinesisException(
          Kind.INVALID_ARGUMENT,
          "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis."
              + " timestampInMillis: "
              + timestamp.toEpochMilli()
              + ", currentTimestampInMillis: "
              + now().toEpochMilli());
    }
    return timestamp;
  }

  record GetRecordsRequest(
      @JsonProperty("ShardIterator") String shardIterator, @JsonProperty("Limit") Integer limit)
      implements Request {
    @Override
    public String stream() {
      return shardIterator == null ? null : ShardIterator.decode(shardIterator).stream();
    }
  }

  record GetRecordsAnswer(
      @JsonProperty("Records") List<RecordView> records,
      @JsonProperty("NextShardIterator") String nextShardIterator,
      @JsonProperty("MillisBehindLatest") long millisBehindLatest,
      @JsonProperty("ChildShards") List<ChildShard> childShards) {}

  record RecordView(
      @JsonProperty("SequenceNumber") String sequenceNumber,
      @JsonProperty("ApproximateArrivalTimestamp") Instant arrival,
      @JsonProperty("Data") ByteBuffer data,
      @JsonProperty("PartitionKey") String partitionKey,
      @JsonProperty("EncryptionType") String encryptionType) {
    static RecordView of(StoredRecord stored) {
      return new RecordView(
          stored.sequenceNumber().toString(),
          stored.arrival(),
          stored.data(),
          stored.partitionKey(),
          "NONE");
    }
  }

  record ChildShard(
      @JsonProperty("ShardId") String shardId,
      @JsonProperty("ParentShards") List<String> parentShards,
      @JsonProperty("HashKeyRange") ShardView.HashKeys hashKeyRange) {
    static ChildShard of(Shard shard) {
      return new ChildShard(
          shard.id(),
          shard.parents().stream().map(Shard::id).toList(),
          ShardView.HashKeys.of(shard.range()));
    }
  }

  GetRecordsAnswer records(GetRecordsRequest request) {
    new Validation()
        .required("shardIterator", request.shardIterator())
        .atLeast("limit", request.limit(), 1)
        .atMost("limit", request.limit(), MAX_RECORDS)
        .check();
    Instant now = now();
    ShardIterator iterator = ShardIterator.decode(request.shardIterator());
    iterator.checkAge(now);
    Shard shard = shardOf(iterator);
    int limit = Objects.requireNonNullElse(request.limit(), MAX_RECORDS);
    ShardRead read = shard.read(iterator.position(), limit, now);
    return new GetRecordsAnswer(
        read.records().stream().map(RecordView::of).toList(),
        read.atEnd() ? null : iterator.movedTo(read.nextPosition(), now).encode(),
        read.behind().toMillis(),
        read.atEnd() ? shard.children().stream().map(ChildShard::of).toList() : null);
  }

  private Shard shardOf(ShardIterator iterator) {
    Stream stream = streams.usable(iterator.stream());
    // An iterator of a stream that was deleted and created again must not read the new one.
    if (stream.createdAt().toEpochMilli() != iterator.streamCreatedAt().toEpochMilli()) {
      throw new KinesisException(
          Kind.RESOURCE_NOT_FOUND,
          "Shard %s in stream %s under account %s does not exist"
              .formatted(iterator.shardId(), iterator.stream(), streams.settings().account()));
    }
    return stream.shard(iterator.shardId());
  }

  private Instant now() {
    return streams.settings().clock().instant();
  }
}
