package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.session.ClientPump.End;
import io.sluice.stack.redshift.session.Login.SessionKey;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.ProtocolException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open session: the client's pump runs on the thread that calls {@link #run}, the database's on
 * one that this owns. However the client ends, the database's session ends with it.
 */
final class Session implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final long GOODBYE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final Peer client;
  private final Peer database;
  private final SessionKey key;
  private final Runnable cancelInDatabase;
  private final AnswerQueue answers = new AnswerQueue();
  private final Requests requests;
  private final CopyRunner copies;
  private final ClientPump clientPump;
  private final DatabasePump databasePump;
  private final Thread databaseThread;
  private volatile boolean ended;

  /**
   * Joins two peers whose greetings are over. {@code cancelInDatabase} cancels what the database
   * does for them.
   */
  Session(
      Peer client,
      Peer database,
      SessionKey key,
      SessionContext context,
      Runnable cancelInDatabase) {
    this.client = client;
    this.database = database;
    this.key = key;
    this.cancelInDatabase = cancelInDatabase;
    this.requests = new Requests(database.writer(), answers);
    this.databasePump =
        new DatabasePump(
            database.reader(),
            client.writer(),
            answers,
            context.faults(),
            new Holding(context.faults(), () -> ended),
            key.pid());
    IsolationGuard isolation = new IsolationGuard(requests, context.conflicts(), key.pid());
    this.copies =
        new CopyRunner(requests, client, isolation, context, cancelInDatabase, this::isAbandoned);
    this.clientPump =
        new ClientPump(
            client.reader(),
            requests,
            copies,
            isolation,
            context,
            new Holding(context.faults(), client::hasEnded),
            key.pid());
    this.databaseThread = new Thread(this::pumpDatabase, "redshift-database-" + key.pid());
    this.databaseThread.setDaemon(true);
  }

  /** Runs the session to its end. */
  void run() throws InterruptedException {
    databaseThread.start();
    End end = End.GONE;
    try {
      end = clientPump.run();
    } catch (IOException | ProtocolException e) {
      log.debug("session {} broke off", key.pid(), e);
    }
    ended = true;
    sayGoodbye(end);
    databaseThread.join(GOODBYE_MILLIS);
    close();
    databaseThread.join(GOODBYE_MILLIS);
  }

  /**
   * Cancels the running statement, be it the gateway's load or the database's own work. For any
   * thread.
   */
  void cancel() {
    if (!copies.cancel()) {
      cancelInDatabase.run();
    }
  }

  /** Breaks the session off; {@link #run} then returns. */
  @Override
  public void close() {
    ended = true;
    copies.cancel();
    client.breakOff();
    database.breakOff();
  }

  /**
   * A client that breaks off leaves nothing running; one that says goodbye gets its last statements
   * done.
   */
  private void sayGoodbye(End end) {
    if (end == End.DROPPED) {
      client.breakOff();
    }
    if (end != End.TERMINATED && !requests.areAnswered()) {
      cancelInDatabase.run();
    }
    try {
      requests.sendUnanswered(Message.empty('X'));
      requests.flush();
    } catch (IOException e) {
      log.debug("the database of session {} was gone first", key.pid(), e);
    }
  }

  /**
   * Whether a COPY has lost its client and can only be rolled back. One that is a transaction of
   * its own goes on without its client and commits, as on Redshift.
   */
  private boolean isAbandoned() {
    return databasePump.isInTransaction() && client.hasEnded();
  }

  private void pumpDatabase() {
    try {
      databasePump.run();
    } catch (IOException | ProtocolException e) {
      log.debug("session {} lost a peer", key.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answers.close();
      client.close();
      database.close();
    }
  }
}
