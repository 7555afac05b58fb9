package io.sluice.loader.login;

import io.sluice.common.config.Secret;
import java.util.Optional;

/** User and password as the settings have them. */
final class FixedLogin implements LoginSource {
  private final Login login;

  FixedLogin(String user, Secret password) {
    this.login = Login.of(user, password);
  }

  @Override
  public Login login() {
    return login;
  }

  @Override
  public Optional<Login> renewed(Login refused) {
    return Optional.empty();
  }
}
