package io.sluice.loader.login;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Secret;
import io.sluice.common.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the loader logs in to the warehouse.
 *
 * @param user the user of the warehouse; with {@code SECRET} the secret has it, with {@code IAM} it
 *     may be left out
 * @param password with {@code PASSWORD}
 * @param passwordFile with {@code PASSWORD_FILE}
 * @param secret with {@code SECRET}: the name or ARN of a secret in Secrets Manager
 */
public record LoginSettings(
    Method method,
    Optional<String> user,
    Optional<Secret> password,
    Optional<Path> passwordFile,
    Optional<String> secret) {
  /** Where the password comes from. */
  public enum Method {
    PASSWORD,
    PASSWORD_FILE,
    SECRET,
    IAM
  }

  private static final String WAYS = "password, password-file, password-credential or secret";

  public LoginSettings {
    requireNonNull(method, "method");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(passwordFile, "passwordFile");
    requireNonNull(secret, "secret");
  }

  /** A user and its password. */
  public static LoginSettings of(String user, Secret password) {
    return new LoginSettings(
        Method.PASSWORD,
        Optional.of(user),
        Optional.of(password),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether this URL asks the driver to log in by IAM. */
  public static boolean isByIam(String url) {
    return url != null && url.startsWith("jdbc:redshift:iam:");
  }

  /**
   * Reads the login's part of the section {@code warehouse}; null when something is wrong with it.
   *
   * @param url of the warehouse, null when that is missing
   * @param environment where systemd tells the folder of its credentials
   */
  public static LoginSettings read(Settings settings, String url, Map<String, String> environment) {
    Optional<String> user = settings.optionalString("user");
    Optional<Secret> password = settings.optionalParsed("password", Secret::new);
    Optional<Path> file = settings.optionalParsed("password-file", Path::of);
    Optional<Path> credential =
        settings.optionalParsed("password-credential", name -> credential(name, environment));
    Optional<String> secret = settings.optionalString("secret");
    List<Method> given = new ArrayList<>();
    password.ifPresent(p -> given.add(Method.PASSWORD));
    file.ifPresent(f -> given.add(Method.PASSWORD_FILE));
    credential.ifPresent(f -> given.add(Method.PASSWORD_FILE));
    secret.ifPresent(s -> given.add(Method.SECRET));
    if (isByIam(url)) {
      given.add(Method.IAM);
    }
    check(settings, given, user);
    return settings.valid(
        () -> new LoginSettings(given.get(0), user, password, file.or(() -> credential), secret));
  }

  private static void check(Settings settings, List<Method> given, Optional<String> user) {
    if (given.isEmpty()) {
      settings.problem("needs one of " + WAYS + ", or a jdbc:redshift:iam:// URL");
    } else if (given.size() > 1 && given.contains(Method.IAM)) {
      settings.problem("with a jdbc:redshift:iam:// URL there must be no " + WAYS);
    } else if (given.size() > 1) {
      settings.problem("must have only one of " + WAYS);
    }
    if (given.equals(List.of(Method.SECRET)) && user.isPresent()) {
      settings.problem("user", user.get(), "must be left out: the secret names the user");
    }
    boolean needsUser = given.contains(Method.PASSWORD) || given.contains(Method.PASSWORD_FILE);
    if (needsUser && user.isEmpty()) {
      settings.string("user");
    }
  }

  /** See "Credentials" in systemd.exec(5). */
  private static Path credential(String name, Map<String, String> environment) {
    if (name.contains("/")) {
      throw new IllegalArgumentException("must be the name of a credential, not a path");
    }
    String folder = environment.get("CREDENTIALS_DIRECTORY");
    if (folder == null) {
      throw new IllegalArgumentException(
          "needs a start by systemd with LoadCredential=" + name + ":...");
    }
    return Path.of(folder, name);
  }
}
