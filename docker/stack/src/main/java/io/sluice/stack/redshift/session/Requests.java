package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.session.ExpectedAnswer.Kind;
import io.sluice.stack.redshift.session.ExpectedAnswer.Origin;
import io.sluice.stack.redshift.wire.BodyWriter;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.MessageWriter;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;

/**
 * The way to the database: every message that will be answered is noted first. Used by the client's
 * pump only.
 */
final class Requests {
  /**
   * The name of the gateway's own statement and portal; free again before each use, whatever became
   * of the last.
   */
  private static final String OWN = "redshift_gateway";

  private final MessageWriter database;
  private final AnswerQueue answers;

  Requests(MessageWriter database, AnswerQueue answers) {
    this.database = database;
    this.answers = answers;
  }

  /** Sends a message that is answered. */
  ExpectedAnswer send(Message message, ExpectedAnswer answer) throws IOException {
    answers.add(answer);
    database.write(message);
    return answer;
  }

  /** Sends a message of the client's that is answered. */
  ExpectedAnswer send(Message message, Kind kind) throws IOException {
    return send(message, ExpectedAnswer.of(kind, Origin.CLIENT));
  }

  /** Sends a message that has no answer. */
  void sendUnanswered(Message message) throws IOException {
    database.write(message);
  }

  void flush() throws IOException {
    database.flush();
  }

  /** Whether the database owes nothing. */
  boolean areAnswered() {
    return answers.isEmpty();
  }

  /**
   * Runs a statement of the gateway's own within whatever the client has open; the result is the
   * answer to wait for. Its error goes to the client, as the error of the message that it was
   * needed for.
   */
  ExpectedAnswer ask(String sql, String... parameters) throws IOException {
    ExpectedAnswer answer = precede(sql, parameters);
    hurry();
    return answer;
  }

  /** The same as a mere forerunner of the client's next message: nobody waits for it. */
  ExpectedAnswer precede(String sql, String... parameters) throws IOException {
    own(Message.close('P', OWN), Kind.CLOSE);
    own(Message.close('S', OWN), Kind.CLOSE);
    own(Message.parse(OWN, sql), Kind.PARSE);
    own(Message.bind(OWN, OWN, parameters), Kind.BIND);
    return own(Message.execute(OWN), Kind.EXECUTE);
  }

  /** Makes the database fail and skip to the next Sync; the client is told {@code error}. */
  ExpectedAnswer fail(ServerError error) throws IOException {
    ExpectedAnswer answer = ExpectedAnswer.of(Kind.PARSE, Origin.GATEWAY).replaceError(error);
    send(Message.parse(OWN, "refused"), answer);
    hurry();
    return answer;
  }

  void copyData(byte[] rows, int length) throws IOException {
    database.write('d', rows, length);
  }

  void copyDone() throws IOException {
    database.write(Message.empty('c'));
    hurry();
  }

  void copyFail(String reason) throws IOException {
    database.write(new BodyWriter().cstring(reason).message('f'));
    database.flush();
  }

  private ExpectedAnswer own(Message message, Kind kind) throws IOException {
    return send(message, ExpectedAnswer.of(kind, Origin.GATEWAY));
  }

  /** The database answers before the next Sync, which the client has perhaps not sent yet. */
  void hurry() throws IOException {
    database.write(Message.empty('H'));
    database.flush();
  }
}
