package io.sluice.loader.login;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.secretsmanager.AWSSecretsManager;
import com.amazonaws.services.secretsmanager.AWSSecretsManagerClientBuilder;
import com.amazonaws.services.secretsmanager.model.GetSecretValueRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.Secret;
import io.sluice.loader.login.LoginException.Kind;
import java.util.Optional;

/**
 * User and password from AWS Secrets Manager: JSON with {@code username} and {@code password}, as
 * Redshift's managed passwords and the rotation functions make it; see "JSON structure of AWS
 * Secrets Manager database credential secrets" in its user guide. Where the warehouse is, the
 * settings say, not the secret.
 *
 * <p>Read once and kept. A refused login may mean that the password was rotated: then it is read
 * again. Between the change in the warehouse and the end of the rotation the secret still holds the
 * old password, so what was refused is never kept.
 */
final class SecretsManagerLogin implements LoginSource {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AWSSecretsManager client;
  private final String name;
  private Login kept;

  /** {@code name} is the secret's name or ARN. */
  SecretsManagerLogin(AWSSecretsManager client, String name) {
    this.client = client;
    this.name = name;
  }

  /** With a client of its own, which lives as long as the process. */
  static LoginSource open(String name, AwsSettings aws) {
    return new SecretsManagerLogin(
        new AwsClients(aws)
            .configure(AWSSecretsManagerClientBuilder.standard(), Service.SECRETS_MANAGER)
            .build(),
        name);
  }

  @Override
  public synchronized Login login() {
    if (kept == null) {
      kept = parse(read());
    }
    return kept;
  }

  @Override
  public synchronized Optional<Login> renewed(Login refused) {
    if (refused.equals(kept)) {
      kept = null;
    }
    Login now = login();
    if (now.equals(refused)) {
      kept = null;
      return Optional.empty();
    }
    return Optional.of(now);
  }

  private String read() {
    try {
      String text =
          client.getSecretValue(new GetSecretValueRequest().withSecretId(name)).getSecretString();
      if (text == null) {
        throw unusable("it is binary");
      }
      return text;
    } catch (AmazonServiceException e) {
      boolean passes = e.getStatusCode() >= 500 || e.getStatusCode() == 429 || isThrottled(e);
      throw new LoginException(
          passes ? Kind.TRANSIENT : Kind.MISCONFIGURED,
          "cannot read the secret " + name + ": " + e.getMessage(),
          passes
              ? "the loader tries again by itself"
              : "check warehouse.secret and aws.region, and let the loader do"
                  + " secretsmanager:GetSecretValue on it and use its key",
          e);
    } catch (SdkClientException e) {
      boolean noCredentials =
          String.valueOf(e.getMessage()).startsWith("Unable to load AWS credentials");
      throw new LoginException(
          noCredentials ? Kind.MISCONFIGURED : Kind.TRANSIENT,
          "cannot read the secret " + name + ": " + e.getMessage(),
          noCredentials
              ? "give the loader AWS credentials"
              : "if it stays so, check aws.region and the way to Secrets Manager",
          e);
    }
  }

  private static boolean isThrottled(AmazonServiceException e) {
    String code = String.valueOf(e.getErrorCode());
    return code.contains("Throttl") || code.equals("ExpiredTokenException");
  }

  private Login parse(String text) {
    JsonNode json;
    try {
      json = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // Not as a cause: it would show a piece of the secret.
      throw unusable("it is not JSON");
    }
    return Login.of(field(json, "username"), new Secret(field(json, "password")));
  }

  private String field(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw unusable("it has no text \"" + field + "\"");
    }
    return value.textValue();
  }

  private LoginException unusable(String why) {
    return new LoginException(
        Kind.MISCONFIGURED,
        "cannot use the secret " + name + ": " + why,
        "let it be JSON such as {\"username\": \"...\", \"password\": \"...\"}",
        null);
  }
}
