package io.sluice.loader.login;

import io.sluice.common.config.Secret;
import io.sluice.loader.login.LoginException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A password in a file of its own, read anew at each login, so that a new password needs no
 * restart. The file holds nothing else; the end of its line does not count.
 */
final class FileLogin implements LoginSource {
  private final String user;
  private final Path file;

  FileLogin(String user, Path file) {
    this.user = user;
    this.file = file;
  }

  @Override
  public Login login() {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new LoginException(
          Kind.MISCONFIGURED,
          "cannot read the password from " + file + ": " + e.getClass().getSimpleName(),
          "let the loader's user read the file that warehouse.password-file or"
              + " warehouse.password-credential names",
          e);
    }
    String password = text.replaceFirst("\\R$", "");
    if (password.isEmpty()) {
      throw new LoginException(
          Kind.MISCONFIGURED,
          "there is no password in " + file + ": it is empty",
          "write the password into it, and nothing else",
          null);
    }
    return Login.of(user, new Secret(password));
  }

  @Override
  public Optional<Login> renewed(Login refused) {
    return Optional.empty();
  }
}
