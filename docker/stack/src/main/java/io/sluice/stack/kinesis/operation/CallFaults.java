package io.sluice.stack.kinesis.operation;

/**
 * Where faults come in: asked around every call. An implementation refuses a call by throwing a
 * {@link io.sluice.stack.kinesis.store.KinesisException}, delays it by taking its time. Called from
 * many threads at once.
 */
public interface CallFaults {
  /** Nothing ever goes wrong. */
  CallFaults NONE = new CallFaults() {};

  /**
   * A call that is about to run.
   *
   * @param operation the action, such as {@code GetRecords}
   * @param stream the stream's name; empty if the call names none
   */
  record Call(String operation, String stream) {}

  /** Runs first: what it throws is the answer, and nothing has been done. */
  default void before(Call call) {}

  /** Runs last: what it throws is the answer, though the work has been done. */
  default void after(Call call) {}

  /**
   * Runs before each record of PutRecords is stored: what it throws is the result of this record
   * alone.
   */
  default void beforeRecord(Call call, String partitionKey) {}
}
