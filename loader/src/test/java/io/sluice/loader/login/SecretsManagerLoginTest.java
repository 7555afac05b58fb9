package io.sluice.loader.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.Secret;
import io.sluice.loader.login.LoginException.Kind;
import io.sluice.loader.login.LoginSettings.Method;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real client against a server that speaks Secrets Manager's protocol. */
class SecretsManagerLoginTest {
  private final AwsStandIn manager =
      new AwsStandIn("application/x-amz-json-1.1", request -> answer());
  private final LoginSource source = source();
  private volatile String secret =
      "{\"username\":\"loader\",\"password\":\"one\",\"engine\":\"redshift\",\"port\":5439}";
  private volatile String error;

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void readsUserAndPasswordOnceAndKeepsThem() {
    assertThat(source.login()).isEqualTo(Login.of("loader", new Secret("one")));
    assertThat(source.login()).isEqualTo(Login.of("loader", new Secret("one")));

    assertThat(manager.requests())
        .containsExactly("{\"SecretId\":\"sluice/loader\"} secretsmanager.GetSecretValue");
  }

  @Test
  void readsItAgainOnceALoginWasRefused() {
    Login old = source.login();
    secret = secret.replace("one", "two");

    assertThat(source.renewed(old)).contains(Login.of("loader", new Secret("two")));
    assertThat(source.login()).isEqualTo(Login.of("loader", new Secret("two")));
    assertThat(manager.requests()).hasSize(2);
  }

  /**
   * The rotation changes the password in the warehouse first, and the secret some seconds later.
   */
  @Test
  void keepsNothingThatWasRefused() {
    Login old = source.login();
    assertThat(source.renewed(old)).isEmpty();

    secret = secret.replace("one", "two");

    assertThat(source.login()).isEqualTo(Login.of("loader", new Secret("two")));
  }

  @Test
  void tellsWhatIsWrongWithASecretWithoutShowingIt() {
    secret = "just-a-word";
    assertThatThrownBy(source::login)
        .isInstanceOfSatisfying(
            LoginException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .hasMessage("cannot use the secret sluice/loader: it is not JSON")
        .hasNoCause();

    secret = "{\"user\":\"hidden-word\"}";
    assertThatThrownBy(source::login)
        .hasMessage("cannot use the secret sluice/loader: it has no text \"username\"");
  }

  @Test
  void sortsWhatTheServiceSays() {
    error = "{\"__type\":\"ResourceNotFoundException\",\"message\":\"can't find it\"}";
    manager.status(400);
    assertThatThrownBy(source::login)
        .isInstanceOfSatisfying(
            LoginException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED))
        .hasMessageStartingWith("cannot read the secret sluice/loader: can't find it");

    error = "{\"__type\":\"InternalServiceError\",\"message\":\"later\"}";
    manager.status(500);
    assertThatThrownBy(source::login)
        .isInstanceOfSatisfying(
            LoginException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
  }

  private String answer() {
    return error != null
        ? error
        : "{\"ARN\":\"arn:aws:secretsmanager:us-east-1:123456789012:secret:sluice/loader-AbCdEf\","
            + "\"Name\":\"sluice/loader\",\"SecretString\":\""
            + secret.replace("\"", "\\\"")
            + "\",\"VersionStages\":[\"AWSCURRENT\"]}";
  }

  private LoginSource source() {
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretKey", "local-secret");
    LoginSettings settings =
        new LoginSettings(
            Method.SECRET,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("sluice/loader"));
    AwsSettings aws =
        new AwsSettings(
            "us-east-1", Map.of(Service.SECRETS_MANAGER, manager.address()), false, null);
    return LoginSources.of(settings, "jdbc:redshift://h/d", aws);
  }
}
