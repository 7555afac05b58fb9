package io.sluice.stack.kinesis.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.stack.kinesis.operation.CallFaults.Call;
import io.sluice.stack.kinesis.store.HashKeyRange;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.RecordSize;
import io.sluice.stack.kinesis.store.Stream;
import io.sluice.stack.kinesis.store.Streams;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The actions that put records into a stream. */
final class PutOperations {
  private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
  private static final int MAX_RECORDS = 500;
  private static final int MAX_PARTITION_KEY = 256;
  private static final String NO_ENCRYPTION = "NONE";

  private final Streams streams;
  private final CallFaults faults;

  PutOperations(Streams streams, CallFaults faults) {
    this.streams = streams;
    this.faults = faults;
  }

  record PutRecordRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("Data") ByteBuffer data,
      @JsonProperty("PartitionKey") String partitionKey,
      @JsonProperty("ExplicitHashKey") String explicitHashKey)
      implements StreamTarget {}

  record PutRecordAnswer(
      @JsonProperty("ShardId") String shardId,
      @JsonProperty("SequenceNumber") String sequenceNumber,
      @JsonProperty("EncryptionType") String encryptionType) {}

  PutRecordAnswer putRecord(PutRecordRequest request) {
    Entry entry = new Entry(request.data(), request.partitionKey(), request.explicitHashKey());
    Validation validation = new Validation();
    entry.validate(validation, "");
    validation.check();
    BigInteger hashKey = entry.hashKey();
    Stream.Put put =
        streams.usable(request.requiredStream()).put(entry.partitionKey(), hashKey, entry.data());
    return new PutRecordAnswer(put.shardId(), put.sequenceNumber().toString(), NO_ENCRYPTION);
  }

  record PutRecordsRequest(
      @JsonProperty("StreamName") String streamName,
      @JsonProperty("StreamARN") String streamArn,
      @JsonProperty("Records") List<Entry> records)
      implements StreamTarget {}

  record PutRecordsAnswer(
      @JsonProperty("FailedRecordCount") int failedRecordCount,
      @JsonProperty("Records") List<EntryResult> records,
      @JsonProperty("EncryptionType") String encryptionType) {}

  record EntryResult(
      @JsonProperty("SequenceNumber") String sequenceNumber,
      @JsonProperty("ShardId") String shardId,
      @JsonProperty("ErrorCode") String errorCode,
      @JsonProperty("ErrorMessage") String errorMessage) {
    boolean failed() {
      return errorCode != null;
    }
  }

  PutRecordsAnswer putRecords(PutRecordsRequest request) {
    validate(request);
    List<BigInteger> hashKeys = request.records().stream().map(Entry::hashKey).toList();
    Stream stream = streams.usable(request.requiredStream());
    Call call = new Call("PutRecords", stream.name());
    List<EntryResult> results = new ArrayList<>(request.records().size());
    for (int i = 0; i < request.records().size(); i++) {
      results.add(put(call, stream, request.records().get(i), hashKeys.get(i)));
    }
    int failed = (int) results.stream().filter(EntryResult::failed).count();
    return new PutRecordsAnswer(failed, results, NO_ENCRYPTION);
  }

  private static void validate(PutRecordsRequest request) {
    Validation validation =
        new Validation()
            .required("records", request.records())
            .size("records", request.records(), 1, MAX_RECORDS);
    validation.check();
    long bytes = 0;
    for (int i = 0; i < request.records().size(); i++) {
      Entry entry = request.records().get(i);
      entry.validate(validation, "records." + (i + 1) + ".member.");
      bytes += entry.size();
    }
    validation.check();
    if (bytes > RecordSize.PUT_LIMIT) {
      throw new KinesisException(Kind.INVALID_ARGUMENT, "Records size exceeds 5 MB limit");
    }
  }

  private EntryResult put(Call call, Stream stream, Entry entry, BigInteger hashKey) {
    try {
      faults.beforeRecord(call, entry.partitionKey());
      Stream.Put put = stream.put(entry.partitionKey(), hashKey, entry.data());
      return new EntryResult(put.sequenceNumber().toString(), put.shardId(), null, null);
    } catch (KinesisException e) {
      return new EntryResult(null, null, e.kind().wireName(), e.getMessage());
    }
  }

  /** One record to put. */
  record Entry(
      @JsonProperty("Data") ByteBuffer data,
      @JsonProperty("PartitionKey") String partitionKey,
      @JsonProperty("ExplicitHashKey") String explicitHashKey) {
    int size() {
      return data == null || partitionKey == null ? 0 : RecordSize.of(partitionKey, data);
    }

    void validate(Validation validation, String path) {
      validation
          .required(path + "data", data)
          .required(path + "partitionKey", partitionKey)
          .length(path + "data", size(), 0, RecordSize.RECORD_LIMIT)
          .pattern(path + "explicitHashKey", explicitHashKey, HASH_KEY);
      if (partitionKey != null) {
        int characters = partitionKey.codePointCount(0, partitionKey.length());
        validation.length(path + "partitionKey", characters, 1, MAX_PARTITION_KEY);
      }
    }

    BigInteger hashKey() {
      if (explicitHashKey == null) {
        return HashKeyRange.hashKeyOf(partitionKey);
      }
      BigInteger explicit = new BigInteger(explicitHashKey);
      if (explicit.compareTo(HashKeyRange.MAX) > 0) {
        throw new KinesisException(
            Kind.INVALID_ARGUMENT,
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]."
                + " Specified value was "
                + explicitHashKey);
      }
      return explicit;
    }
  }
}
