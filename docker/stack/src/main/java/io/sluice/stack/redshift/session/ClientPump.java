package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.dialect.Dialect;
import io.sluice.stack.redshift.dialect.Subject;
import io.sluice.stack.redshift.dialect.Translation;
import io.sluice.stack.redshift.fault.Verdict;
import io.sluice.stack.redshift.session.ExpectedAnswer.Kind;
import io.sluice.stack.redshift.session.ExpectedAnswer.Origin;
import io.sluice.stack.redshift.wire.BodyReader;
import io.sluice.stack.redshift.wire.BodyWriter;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.MessageReader;
import io.sluice.stack.redshift.wire.ProtocolException;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries the client's messages to the database, statements translated, loads carried out on the
 * way.
 */
final class ClientPump {
  /** How the client ended. */
  enum End {
    TERMINATED,
    /** The connection broke off. */
    GONE,
    /** A fault ended it. */
    DROPPED
  }

  private final MessageReader client;
  private final Requests requests;
  private final CopyRunner copies;
  private final IsolationGuard isolation;
  private final SessionContext context;
  private final Holding holding;
  private final int pid;
  private final Map<String, Translation> statements = new HashMap<>();
  private final Map<String, Translation> portals = new HashMap<>();

  ClientPump(
      MessageReader client,
      Requests requests,
      CopyRunner copies,
      IsolationGuard isolation,
      SessionContext context,
      Holding holding,
      int pid) {
    this.client = client;
    this.requests = requests;
    this.copies = copies;
    this.isolation = isolation;
    this.context = context;
    this.holding = holding;
    this.pid = pid;
  }

  End run() throws IOException, InterruptedException {
    for (Message message = client.next(); message != null; message = client.next()) {
      if (message.type() == 'X') {
        return End.TERMINATED;
      }
      if (!carry(message)) {
        return End.DROPPED;
      }
      if (!client.hasBuffered()) {
        requests.flush();
      }
    }
    return End.GONE;
  }

  private boolean carry(Message message) throws IOException, InterruptedException {
    switch (message.type()) {
      case 'Q' -> {
        return query(message);
      }
      case 'E' -> {
        return execute(message, portals.get(message.read().cstring()), Origin.CLIENT);
      }
      case 'P' -> parse(message);
      case 'B' -> bind(message);
      case 'C' -> close(message);
      case 'D' -> requests.send(message, Kind.DESCRIBE);
      case 'S' -> requests.send(message, Kind.SYNC);
      case 'H', 'd', 'c', 'f' -> requests.sendUnanswered(message);
      default ->
          throw new ProtocolException("no client message has the type '" + message.type() + "'");
    }
    return true;
  }

  private void parse(Message message) throws IOException {
    BodyReader body = message.read();
    String name = body.cstring();
    String sql = body.cstring();
    byte[] types = body.rest();
    List<Translation> translations = Dialect.translate(sql);
    ExpectedAnswer answer = ExpectedAnswer.of(Kind.PARSE, Origin.CLIENT);
    statements.remove(name);
    if (context.faults().threaten()) {
      // Whatever holds this statement later must not keep back those before it.
      requests.hurry();
    }
    if (translations.size() == 1) {
      Translation translation = translations.get(0);
      statements.put(name, translation);
      lockForWriting(translation);
      sql = translation.sql();
      if (translation.kind() == Translation.Kind.REFUSED) {
        answer.replaceError(translation.refusal());
      }
    }
    requests.send(new BodyWriter().cstring(name).cstring(sql).bytes(types).message('P'), answer);
  }

  private void bind(Message message) throws IOException {
    BodyReader body = message.read();
    String portal = body.cstring();
    Translation translation = statements.get(body.cstring());
    if (translation == null) {
      portals.remove(portal);
    } else {
      portals.put(portal, translation);
      prepare(translation);
    }
    requests.send(message, Kind.BIND);
  }

  private void close(Message message) throws IOException {
    BodyReader body = message.read();
    Map<String, Translation> closed = body.int8() == 'S' ? statements : portals;
    closed.remove(body.cstring());
    requests.send(message, Kind.CLOSE);
  }

  /**
   * Before Parse and before Bind, since either makes PostgreSQL take its own, weaker lock: two
   * sessions that hold that one and want the stronger would wait for each other.
   */
  private void lockForWriting(Translation translation) throws IOException {
    if (translation.kind() == Translation.Kind.WRITE) {
      requests.precede("select redshift.lock_for_writing($1)", translation.written());
    }
  }

  /** What must come before a Bind. */
  private void prepare(Translation translation) throws IOException {
    lockForWriting(translation);
    if (translation.alone() != null) {
      String refusal = translation.alone() + " cannot run inside a transaction block";
      requests
          .precede("call redshift.begin_alone()")
          .replaceError(ServerError.error("25001", refusal));
    }
  }

  /** False if a fault ends the session instead. */
  private boolean execute(Message message, Translation translation, Origin origin)
      throws IOException, InterruptedException {
    ExpectedAnswer plain = ExpectedAnswer.of(Kind.EXECUTE, origin);
    if (translation == null) {
      requests.send(message, plain);
      return true;
    }
    if (!reachesTheCluster(translation)) {
      return false;
    }
    plain.replaceTag(translation.tag());
    switch (translation.kind()) {
      case COPY -> copies.run(translation.copy(), pid);
      case COMMIT -> {
        return commit(message, origin);
      }
      case TRUNCATE -> {
        requests.send(message, plain);
        requests.ask("commit");
      }
      case READ, WRITE -> {
        if (isolation.admits(translation.changed())) {
          requests.send(message, plain);
        }
      }
      case PASSED, REFUSED -> requests.send(message, plain);
    }
    return true;
  }

  /**
   * False if a fault ends the session, or the client has ended while its statement was held. What
   * came before the statement has reached the database, but for those of the same Query message.
   */
  private boolean reachesTheCluster(Translation translation) throws InterruptedException {
    Subject subject = translation.subject();
    Verdict verdict = context.faults().statement(subject.command(), subject.table());
    return switch (verdict.action()) {
      case HOLD -> holding.await(verdict);
      case LOSE_FIRST -> false;
      case PROCEED, FAIL, WAIT, LOSE_MEANWHILE, PAUSE, RESTART -> true;
    };
  }

  /** False if a fault ends the session. */
  private boolean commit(Message message, Origin origin) throws IOException {
    ExpectedAnswer answer = ExpectedAnswer.ofCommit(Kind.EXECUTE, origin);
    Verdict verdict = context.faults().commit(pid);
    return switch (verdict.action()) {
      case PROCEED, WAIT, HOLD -> {
        requests.send(message, answer);
        yield true;
      }
      case FAIL -> {
        requests.fail(verdict.error());
        yield true;
      }
      case LOSE_MEANWHILE -> {
        requests.send(message, answer);
        requests.hurry();
        yield false;
      }
      case LOSE_FIRST -> false;
      case PAUSE, RESTART -> !context.cluster().goesDown(verdict);
    };
  }

  private boolean query(Message message) throws IOException, InterruptedException {
    List<Translation> translations = Dialect.translate(message.read().cstring());
    if (translations.isEmpty()) {
      requests.send(message, Kind.QUERY);
      return true;
    }
    if (translations.stream().allMatch(this::goesAsItIs)) {
      for (Translation translation : translations) {
        if (!reachesTheCluster(translation)) {
          return false;
        }
      }
      StringBuilder sql = new StringBuilder();
      translations.forEach(t -> sql.append(t.sql()).append(translations.size() > 1 ? ";\n" : ""));
      requests.send(Message.query(sql.toString()), Kind.QUERY);
      return true;
    }
    return querySeparately(translations);
  }

  private boolean goesAsItIs(Translation translation) {
    return translation.isPlain()
        && (translation.kind() == Translation.Kind.PASSED || !isolation.isOn());
  }

  /**
   * Statements that need the gateway's care go one by one in the extended protocol, with one Sync
   * behind the last: just as in one Query, the first error skips the rest, and what is no
   * transaction of its own is one together.
   */
  private boolean querySeparately(List<Translation> translations)
      throws IOException, InterruptedException {
    for (Translation translation : translations) {
      ExpectedAnswer parsed = ExpectedAnswer.of(Kind.PARSE, Origin.SIMPLE_QUERY);
      if (translation.kind() == Translation.Kind.REFUSED) {
        parsed.replaceError(translation.refusal());
      }
      lockForWriting(translation);
      requests.send(Message.parse("", translation.sql()), parsed);
      prepare(translation);
      requests.send(Message.bind("", ""), ExpectedAnswer.of(Kind.BIND, Origin.SIMPLE_QUERY));
      requests.send(
          Message.describePortal(""), ExpectedAnswer.of(Kind.DESCRIBE, Origin.SIMPLE_QUERY));
      if (!execute(Message.execute(""), translation, Origin.SIMPLE_QUERY)) {
        return false;
      }
    }
    requests.send(Message.empty('S'), ExpectedAnswer.of(Kind.SYNC, Origin.SIMPLE_QUERY));
    return true;
  }
}
