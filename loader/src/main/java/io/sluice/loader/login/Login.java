package io.sluice.loader.login;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Secret;
import java.util.Map;

/**
 * One login: what the driver is told so that it can log in.
 *
 * @param who for messages: {@code as loader}, {@code by IAM}
 * @param options options of the Redshift driver by their names, secrets among them
 */
public record Login(String who, Map<String, Secret> options) {
  public Login {
    requireNonNull(who, "who");
    options = Map.copyOf(options);
  }

  static Login of(String user, Secret password) {
    return new Login("as " + user, Map.of("user", new Secret(user), "password", password));
  }

  /** Never shows an option. */
  @Override
  public String toString() {
    return "Login[" + who + "]";
  }
}
