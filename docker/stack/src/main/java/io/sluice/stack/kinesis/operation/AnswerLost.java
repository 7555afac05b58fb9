package io.sluice.stack.kinesis.operation;

/** The work of a call has been done, and its answer is not to reach the caller. */
public final class AnswerLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AnswerLost() {
    super("the answer is lost, as ordered");
  }
}
