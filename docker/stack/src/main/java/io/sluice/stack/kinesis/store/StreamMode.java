package io.sluice.stack.kinesis.store;

/** How the capacity of a stream is set, by its name on the wire. */
public enum StreamMode {
  /** The owner sets the number of shards. */
  PROVISIONED,
  /** Kinesis would; the stand-in opens four shards and leaves it at that. */
  ON_DEMAND
}
