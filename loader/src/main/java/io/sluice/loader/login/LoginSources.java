package io.sluice.loader.login;

import com.amazonaws.services.secretsmanager.AWSSecretsManagerClientBuilder;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
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
      case SECRET -> secret(login.secret().orElseThrow(), aws);
      case IAM -> iam(login, url, aws);
    };
  }

  /** The same with AWS as the surroundings give it. */
  public static LoginSource of(LoginSettings login, String url) {
    return of(login, url, new AwsSettings(null, Map.of(), false, null));
  }

  /** Its client lives as long as the process. */
  private static LoginSource secret(String name, AwsSettings aws) {
    return new SecretsManagerLogin(
        new AwsClients(aws)
            .configure(AWSSecretsManagerClientBuilder.standard(), Service.SECRETS_MANAGER)
            .build(),
        name);
  }

  private static LoginSource iam(LoginSettings login, String url, AwsSettings aws) {
    return new IamLogin(
        url, login.user(), Optional.ofNullable(aws.region()), new AwsClients(aws).credentials());
  }
}
