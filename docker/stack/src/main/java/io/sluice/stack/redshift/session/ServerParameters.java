package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.wire.BodyReader;
import io.sluice.stack.redshift.wire.BodyWriter;
import io.sluice.stack.redshift.wire.Message;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What client and server tell each other of themselves at the start. */
final class ServerParameters {
  /** The version that every Redshift claims, for the sake of old clients. */
  private static final String SERVER_VERSION = "8.0.2";

  /** Redshift's driver sends more, which PostgreSQL would refuse. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "user",
          "database",
          "client_encoding",
          "datestyle",
          "timezone",
          "extra_float_digits",
          "application_name",
          "search_path",
          "options");

  private ServerParameters() {}

  /** The client's parameters that the database can take. */
  static Map<String, String> passedOn(Map<String, String> parameters) {
    Map<String, String> result = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
            result.put(name, value);
          }
        });
    return result;
  }

  /** A ParameterStatus as Redshift would send it; any other message unchanged. */
  static Message shown(Message message) {
    if (message.type() != 'S') {
      return message;
    }
    BodyReader body = message.read();
    String name = body.cstring();
    if (!name.equals("server_version")) {
      return message;
    }
    return new BodyWriter().cstring(name).cstring(SERVER_VERSION).message('S');
  }
}
