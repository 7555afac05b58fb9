package io.sluice.stack.kinesis.operation;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.operation.CallFaults.Call;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.Streams;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The actions by name, and the one way to run them: faults before, the work, faults after. */
public final class Operations {
  private final Map<String, Operation<?>> byName = new HashMap<>();
  private final CallFaults faults;

  /** All actions on these streams. */
  public Operations(Streams streams, CallFaults faults) {
    this.faults = requireNonNull(faults, "faults");
    StreamOperations stream = new StreamOperations(streams);
    add("CreateStream", StreamOperations.CreateStreamRequest.class, stream::create);
    add("DeleteStream", StreamOperations.StreamRequest.class, stream::delete);
    add("DescribeStream", StreamOperations.DescribeStreamRequest.class, stream::describe);
    add("DescribeStreamSummary", StreamOperations.StreamRequest.class, stream::summarize);
    add("ListStreams", StreamOperations.ListStreamsRequest.class, stream::list);
    add("DescribeLimits", StreamOperations.DescribeLimitsRequest.class, stream::limits);
    add(
        "IncreaseStreamRetentionPeriod",
        StreamOperations.RetentionRequest.class,
        stream::increaseRetention);
    add(
        "DecreaseStreamRetentionPeriod",
        StreamOperations.RetentionRequest.class,
        stream::decreaseRetention);
    ShardOperations shard = new ShardOperations(streams);
    add("ListShards", ShardOperations.ListShardsRequest.class, shard::list);
    add("SplitShard", ShardOperations.SplitShardRequest.class, shard::split);
    add("MergeShards", ShardOperations.MergeShardsRequest.class, shard::merge);
    add("UpdateShardCount", ShardOperations.UpdateShardCountRequest.class, shard::updateCount);
    PutOperations put = new PutOperations(streams, faults);
    add("PutRecord", PutOperations.PutRecordRequest.class, put::putRecord);
    add("PutRecords", PutOperations.PutRecordsRequest.class, put::putRecords);
    ReadOperations read = new ReadOperations(streams);
    add("GetShardIterator", ReadOperations.GetShardIteratorRequest.class, read::iterator);
    add("GetRecords", ReadOperations.GetRecordsRequest.class, read::records);
    TagOperations tag = new TagOperations(streams);
    add("AddTagsToStream", TagOperations.AddTagsRequest.class, tag::add);
    add("RemoveTagsFromStream", TagOperations.RemoveTagsRequest.class, tag::remove);
    add("ListTagsForStream", TagOperations.ListTagsRequest.class, tag::list);
  }

  /** Reads a request of the type that an action wants. */
  @FunctionalInterface
  public interface RequestReader {
    /** The request, read from the wire. */
    <Q extends Request> Q read(Class<Q> type);
  }

  /**
   * Runs an action.
   *
   * @return the answer; null if the action answers with an empty body
   * @throws KinesisException if the action is unknown or refuses
   */
  public Object run(String name, RequestReader reader) {
    Operation<?> operation = byName.get(name);
    if (operation == null) {
      throw new KinesisException(
          Kind.UNKNOWN_OPERATION, "The stand-in has no action named '%s'".formatted(name));
    }
    return run(operation, reader);
  }

  private <Q extends Request> Object run(Operation<Q> operation, RequestReader reader) {
    Q request = reader.read(operation.requestType());
    String stream = request.stream();
    Call call = new Call(operation.name(), stream == null ? "" : stream);
    faults.before(call);
    Object answer = operation.work().apply(request);
    faults.after(call);
    return answer;
  }

  private <Q extends Request> void add(String name, Class<Q> requestType, Function<Q, ?> work) {
    byName.put(name, new Operation<>(name, requestType, work));
  }

  private record Operation<Q extends Request>(
      String name, Class<Q> requestType, Function<Q, ?> work) {}
}
