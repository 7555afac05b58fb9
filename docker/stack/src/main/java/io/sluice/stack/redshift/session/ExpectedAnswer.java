package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.wire.BodyReader;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.ServerError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The answer to one message that went to the database. The client's pump makes it and may wait for
 * it, the database's pump completes it.
 */
final class ExpectedAnswer {
  /** Which message is answered; the letters are those of the answers that complete it. */
  enum Kind {
    PARSE("1"),
    BIND("2"),
    DESCRIBE("Tn"),
    EXECUTE("CIs"),
    CLOSE("3"),
    QUERY("Z"),
    SYNC("Z");

    private final String completedBy;

    Kind(String completedBy) {
      this.completedBy = completedBy;
    }
  }

  /** Who asked, and so who gets the answer. */
  enum Origin {
    /** The client: it gets all. */
    CLIENT,
    /**
     * The client, by a simple Query that the gateway sends as separate messages: it gets what Query
     * would give.
     */
    SIMPLE_QUERY,
    /** The gateway: the client gets nothing but an error. */
    GATEWAY
  }

  private enum State {
    PENDING,
    COPY_IN,
    DONE,
    FAILED,
    /** The database skipped the message after an earlier error, or is gone. */
    SKIPPED
  }

  private static final String ONLY_IN_EXTENDED_PROTOCOL = "123nt";

  private final Kind kind;
  private final Origin origin;
  private final boolean commit;
  private final List<List<String>> rows = new ArrayList<>();
  private ServerError replacement;
  private String tag;
  private State state = State.PENDING;

  private ExpectedAnswer(Kind kind, Origin origin, boolean commit) {
    this.kind = kind;
    this.origin = origin;
    this.commit = commit;
  }

  static ExpectedAnswer of(Kind kind, Origin origin) {
    return new ExpectedAnswer(kind, origin, false);
  }

  /** The answer to a message that commits. */
  static ExpectedAnswer ofCommit(Kind kind, Origin origin) {
    return new ExpectedAnswer(kind, origin, true);
  }

  Kind kind() {
    return kind;
  }

  boolean isCommit() {
    return commit;
  }

  boolean isOwn() {
    return origin == Origin.GATEWAY;
  }

  /**
   * Errors of Query and Sync do not make the database skip anything: ReadyForQuery follows at once.
   */
  boolean endsWithReady() {
    return kind == Kind.QUERY || kind == Kind.SYNC;
  }

  boolean isCompletedBy(char type) {
    return kind.completedBy.indexOf(type) >= 0;
  }

  boolean reachesClient(char type) {
    return switch (origin) {
      case CLIENT -> true;
      case SIMPLE_QUERY -> ONLY_IN_EXTENDED_PROTOCOL.indexOf(type) < 0;
      case GATEWAY -> false;
    };
  }

  /** From now on an error of the database is told to the client in these words. */
  synchronized ExpectedAnswer replaceError(ServerError error) {
    replacement = error;
    return this;
  }

  /** The client is told this command tag in the place of the database's; null leaves that one. */
  synchronized ExpectedAnswer replaceTag(String shown) {
    tag = shown;
    return this;
  }

  /** The message as the client reads it. */
  synchronized Message shown(Message message) {
    return message.type() == 'C' && tag != null ? Message.commandComplete(tag) : message;
  }

  synchronized ServerError replacementOr(ServerError error) {
    return replacement == null ? error : replacement;
  }

  synchronized void row(Message dataRow) {
    BodyReader body = dataRow.read();
    List<String> row = new ArrayList<>();
    for (int columns = body.int16(); columns > 0; columns--) {
      int length = body.int32();
      row.add(length < 0 ? null : body.text(length));
    }
    rows.add(row);
  }

  synchronized void copyIn() {
    state = State.COPY_IN;
    notifyAll();
  }

  synchronized void done() {
    end(State.DONE);
  }

  synchronized void failed() {
    end(State.FAILED);
  }

  synchronized void skipped() {
    end(State.SKIPPED);
  }

  /** Whether no more can come, without waiting. */
  synchronized boolean isOver() {
    return state != State.PENDING && state != State.COPY_IN;
  }

  /** Waits until the database asks for COPY data; false if it never will. */
  synchronized boolean awaitCopyIn() throws InterruptedException {
    while (state == State.PENDING) {
      wait();
    }
    return state == State.COPY_IN;
  }

  /** Waits for the end, but not longer than this; whether it has come. */
  synchronized boolean awaitOver(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    for (long left = longest.toNanos();
        !isOver() && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return isOver();
  }

  /**
   * Waits for the end; false if the database failed or skipped the message. The queue's end ends
   * this wait, too.
   */
  synchronized boolean awaitDone() throws InterruptedException {
    while (!isOver()) {
      wait();
    }
    return state == State.DONE;
  }

  /** The rows of a finished answer, as text. */
  synchronized List<List<String>> rows() {
    return List.copyOf(rows);
  }

  private void end(State end) {
    state = end;
    notifyAll();
  }
}
