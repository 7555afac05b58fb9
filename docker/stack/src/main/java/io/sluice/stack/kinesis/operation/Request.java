package io.sluice.stack.kinesis.operation;

/** A typed request. */
public interface Request {
  /** The name of the stream that it is about; null if it is about none or names none. */
  default String stream() {
    return null;
  }
}
