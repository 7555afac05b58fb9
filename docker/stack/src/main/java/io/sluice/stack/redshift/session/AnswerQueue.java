package io.sluice.stack.redshift.session;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the database still owes, in order. After an error in the extended protocol the database
 * skips all messages up to the next Sync, and so does this queue: what is skipped is never waited
 * for. Safe for the two pumps.
 */
final class AnswerQueue {
  private final Deque<ExpectedAnswer> pending = new ArrayDeque<>();

  /** The database skips whatever arrives now. */
  private boolean skipping;

  private boolean closed;

  /** Notes an answer; to be called before its message is sent. */
  synchronized ExpectedAnswer add(ExpectedAnswer answer) {
    if (skipping && answer.kind() == ExpectedAnswer.Kind.SYNC) {
      skipping = false;
    }
    if (skipping || closed) {
      answer.skipped();
    } else {
      pending.add(answer);
    }
    return answer;
  }

  /** The answer that the database is giving, or null if it speaks unasked. */
  synchronized ExpectedAnswer current() {
    return pending.peek();
  }

  /** The current answer is complete. */
  synchronized void completed() {
    pending.remove().done();
  }

  /** The current answer is an error. */
  synchronized void failed() {
    ExpectedAnswer answer = pending.peek();
    if (answer == null || answer.endsWithReady()) {
      return;
    }
    pending.remove().failed();
    while (!pending.isEmpty()) {
      if (pending.peek().kind() == ExpectedAnswer.Kind.SYNC) {
        return;
      }
      pending.remove().skipped();
    }
    skipping = true;
  }

  /** Whether the database owes nothing. */
  synchronized boolean isEmpty() {
    return pending.isEmpty();
  }

  /** The database is gone: nothing more will come. */
  synchronized void close() {
    closed = true;
    pending.forEach(ExpectedAnswer::skipped);
    pending.clear();
  }
}
