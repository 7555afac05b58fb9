package io.sluice.loader.login;

import java.util.Optional;

/** Where logins come from. Safe for use by several threads. */
public interface LoginSource {
  /**
   * The login for the next connection; may read a file or ask AWS.
   *
   * @throws LoginException when there is none to be had
   */
  Login login();

  /**
   * After the warehouse refused a login: another one, if there is a newer one by now. Empty when
   * trying again would only repeat what was refused.
   *
   * @throws LoginException when that cannot be told
   */
  Optional<Login> renewed(Login refused);
}
