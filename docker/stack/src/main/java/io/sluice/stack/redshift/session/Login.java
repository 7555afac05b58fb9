package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.wire.BodyReader;
import io.sluice.stack.redshift.wire.BodyWriter;
import io.sluice.stack.redshift.wire.Message;
import io.sluice.stack.redshift.wire.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The start of a session: the client proves its password to the gateway by MD5 (the driver has no
 * SCRAM), then the gateway opens the database's session in the client's name. Stateless.
 */
final class Login {
  private static final int PROTOCOL_3 = 3 << 16;
  private static final int AUTHENTICATION_MD5 = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Redshift's state of a refused login; PostgreSQL would say 28P01. */
  private static final String REFUSED = "28000";

  private final Accounts accounts;
  private final InstantSource clock;

  /** A session's key, by which its statements can be cancelled. */
  record SessionKey(int pid, int secret) {}

  Login(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Asks for the password; false if it was refused, which the client then knows. */
  boolean authenticate(Peer client, Map<String, String> parameters) throws IOException {
    byte[] salt = new byte[4];
    RANDOM.nextBytes(salt);
    client.writer().write(new BodyWriter().int32(AUTHENTICATION_MD5).bytes(salt).message('R'));
    client.writer().flush();
    Message answer = client.reader().greeting();
    if (answer == null) {
      return false;
    }
    String name = parameters.getOrDefault("user", "");
    if (answer.type() == 'p' && isProof(name, answer.read().cstring(), salt)) {
      return true;
    }
    refuse(
        client,
        ServerError.fatal(REFUSED, "password authentication failed for user \"" + name + "\""));
    return false;
  }

  /**
   * Opens the database's session and passes its greeting on; empty if it was refused, which the
   * client then knows.
   */
  Optional<SessionKey> open(Peer client, Peer database, Map<String, String> parameters)
      throws IOException {
    BodyWriter startup = new BodyWriter().int32(PROTOCOL_3);
    ServerParameters.passedOn(parameters)
        .forEach((name, value) -> startup.cstring(name).cstring(value));
    database.writer().writeStartup(startup.bytes(new byte[] {0}).toBytes());
    database.writer().flush();
    SessionKey key = null;
    for (Message message = database.reader().next();
        message != null;
        message = database.reader().next()) {
      client.writer().write(ServerParameters.shown(message));
      if (message.type() == 'K') {
        BodyReader body = message.read();
        key = new SessionKey(body.int32(), body.int32());
      }
      if (message.type() == 'Z' || message.type() == 'E') {
        client.writer().flush();
        return message.type() == 'Z' ? Optional.ofNullable(key) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Tells the client why there is no session. */
  static void refuse(Peer client, ServerError error) throws IOException {
    client.writer().write(error.asError());
    client.writer().flush();
  }

  private boolean isProof(String user, String answer, byte[] salt) {
    return accounts
        .find(user)
        .filter(account -> account.validUntil().map(clock.instant()::isBefore).orElse(true))
        .map(account -> proof(account.md5(), salt))
        .filter(
            expected -> MessageDigest.isEqual(expected, answer.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  /** The digest of the stored digest and the salt. */
  private static byte[] proof(String stored, byte[] salt) {
    byte[] digest = stored.substring("md5".length()).getBytes(StandardCharsets.US_ASCII);
    return ("md5" + md5Hex(digest, salt)).getBytes(StandardCharsets.US_ASCII);
  }

  private static String md5Hex(byte[] first, byte[] second) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(first);
      digest.update(second);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has MD5", e);
    }
  }
}
