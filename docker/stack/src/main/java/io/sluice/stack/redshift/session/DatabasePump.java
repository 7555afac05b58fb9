package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.fault.SessionFaults;
import io.sluice.stack.redshift.fault.Verdict;
import io.sluice.stack.redshift.fault.Verdict.Action;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.MessageReader;
import io.sluice.stack.redshift.wire.MessageWriter;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.util.Set;

/**
 * Carries the database's messages to the client: each belongs to the answer at the head of the
 * queue.
 */
final class DatabasePump {
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String CARDINALITY_VIOLATION = "21000";
  private static final String CANCELLED = "57014";
  private static final Set<String> BEGUN = Set.of("BEGIN", "START TRANSACTION");

  private final MessageReader database;
  private final MessageWriter client;
  private final AnswerQueue answers;
  private final SessionFaults faults;
  private final Holding holding;
  private final int pid;
  private volatile boolean inTransaction;

  DatabasePump(
      MessageReader database,
      MessageWriter client,
      AnswerQueue answers,
      SessionFaults faults,
      Holding holding,
      int pid) {
    this.database = database;
    this.client = client;
    this.answers = answers;
    this.faults = faults;
    this.holding = holding;
    this.pid = pid;
  }

  /** Whether the client has a transaction open, so that its end rolls back. For any thread. */
  boolean isInTransaction() {
    return inTransaction;
  }

  /** Runs until the database ends the connection or a fault drops the client's. */
  void run() throws IOException, InterruptedException {
    for (Message message = database.next(); message != null; message = database.next()) {
      ExpectedAnswer answer = answers.current();
      if (!carry(message, answer)) {
        return;
      }
      if (!database.hasBuffered()) {
        client.flush();
      }
    }
  }

  private boolean carry(Message message, ExpectedAnswer answer)
      throws IOException, InterruptedException {
    if (message.type() == 'E') {
      error(message, answer);
      return true;
    }
    noteTransaction(message);
    boolean unasked = message.type() == 'S' || message.type() == 'A';
    if (answer == null || unasked) {
      client.write(ServerParameters.shown(message));
      return true;
    }
    if (message.type() == 'D' && answer.isOwn()) {
      answer.row(message);
    }
    if (answer.isCommit() && hasCommitted(message) && !tellsOfTheCommit()) {
      return false;
    }
    if (answer.reachesClient(message.type())) {
      client.write(answer.shown(message));
    }
    if (message.type() == 'G') {
      answer.copyIn();
    } else if (answer.isCompletedBy(message.type())) {
      answers.completed();
    }
    return true;
  }

  /** False if a fault keeps it from the client, or the client has ended meanwhile. */
  private boolean tellsOfTheCommit() throws IOException, InterruptedException {
    Verdict verdict = faults.committed();
    if (verdict.action() != Action.HOLD) {
      return verdict.action() == Action.PROCEED;
    }
    client.flush();
    return holding.await(verdict);
  }

  /** COMMIT of a failed transaction is answered with ROLLBACK. */
  private static boolean hasCommitted(Message message) {
    return message.type() == 'C' && message.read().cstring().equals("COMMIT");
  }

  /** A BEGIN counts before the Sync behind it: a COPY in the same pipeline belongs to it. */
  private void noteTransaction(Message message) {
    if (message.type() == 'Z') {
      inTransaction = message.read().int8() != 'I';
    } else if (message.type() == 'C' && BEGUN.contains(message.read().cstring())) {
      inTransaction = true;
    }
  }

  private void error(Message message, ExpectedAnswer answer) throws IOException {
    ServerError error = redshiftWords(ServerError.read(message));
    client.write((answer == null ? error : answer.replacementOr(error)).asError());
    answers.failed();
  }

  /**
   * A write that meets a concurrent one fails under SNAPSHOT with these words, and its state is the
   * internal one. A statement timeout and a cancel are told in the same words; only a COPY has a
   * query's number, so the session's stands in.
   */
  private ServerError redshiftWords(ServerError error) {
    if (error.sqlState().equals(CANCELLED)) {
      return ServerError.error(CANCELLED, "Query (" + pid + ") cancelled on user's request");
    }
    if (error.sqlState().equals(SERIALIZATION_FAILURE)) {
      return ServerError.error(
          "XX000", "Could not complete because of conflict with concurrent transaction");
    }
    if (error.sqlState().equals(CARDINALITY_VIOLATION) && error.message().startsWith("MERGE")) {
      return ServerError.error("XX000", "Found multiple matches to update the same tuple.");
    }
    return error.context().contains("redshift.") ? error.withoutContext() : error;
  }
}
