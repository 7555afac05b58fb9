package io.sluice.stack.kinesis.store;

/** The states of a stream, by their names on the wire. */
public enum StreamStatus {
  /** Asked for, not yet usable. */
  CREATING,
  /** On its way out. */
  DELETING,
  /** In use. */
  ACTIVE,
  /** In use while its shards change. */
  UPDATING
}
