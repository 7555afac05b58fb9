package io.sluice.loader.login;

import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import java.util.Map;
import java.util.Optional;

/** Builds the source of logins that the settings ask for. */
public final class LoginSources {
  private LoginSources() {}

  /** The source for the warehouse at {@code url}; {@code aws} tells how AWS is reached. */
  public static LoginSource of(LoginSettings login, String url, AwsSettings aws) {
    return switch (login.method()) {
      case PASSWORD -> new FixedLogin(login.user().orElseThrow(), login.password().orElseThrow());
      case PASSWORD_FILE ->
          new FileLogin(login.user().orElseThrow(), login.passwordFile().orElseThrow());
      case SECRET -> SecretsManagerLogin.open(login.secret().orElseThrow(), aws);
      case IAM -> iam(login, url, aws);
    };
  }

  /** The same with AWS as the surroundings give it. */
  public static LoginSource of(LoginSettings login, String url) {
    return of(login, url, new AwsSettings(null, Map.of(), false, null));
  }

  private static LoginSource iam(LoginSettings login, String url, AwsSettings aws) {
    return new IamLogin(
        url, login.user(), Optional.ofNullable(aws.region()), new AwsClients(aws).credentials());
  }
}
