package io.sluice.loader.login;

import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.AWSSessionCredentials;
import io.sluice.common.config.Secret;
import io.sluice.loader.login.LoginException.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Logs in by IAM: the driver itself asks Redshift for a password of a quarter of an hour, and keeps
 * it that long. See "Options for JDBC driver version 2.x configuration" in the Amazon Redshift
 * Management Guide. What the URL says is left as it is.
 */
final class IamLogin implements LoginSource {
  private final String url;
  private final Optional<String> user;
  private final Optional<String> region;
  private final AWSCredentialsProvider credentials;

  /**
   * {@code user} is the database user, as which a cluster is entered; {@code credentials} are those
   * of the other AWS services too, for the driver by itself looks in other places.
   */
  IamLogin(
      String url,
      Optional<String> user,
      Optional<String> region,
      AWSCredentialsProvider credentials) {
    this.url = url;
    this.user = user;
    this.region = region;
    this.credentials = credentials;
  }

  @Override
  public Login login() {
    Map<String, Secret> options = new HashMap<>();
    user.ifPresent(name -> put(options, "DbUser", name));
    region.ifPresent(name -> put(options, "Region", name));
    if (!has("Profile") && !has("plugin_name") && !has("AccessKeyID")) {
      putCredentials(options);
    }
    return new Login("by IAM", options);
  }

  @Override
  public Optional<Login> renewed(Login refused) {
    return Optional.empty();
  }

  private void putCredentials(Map<String, Secret> options) {
    AWSCredentials current;
    try {
      current = credentials.getCredentials();
    } catch (SdkClientException e) {
      throw new LoginException(
          Kind.MISCONFIGURED,
          "there are no AWS credentials to log in by IAM: " + e.getMessage(),
          "give the loader AWS credentials",
          e);
    }
    put(options, "AccessKeyID", current.getAWSAccessKeyId());
    put(options, "SecretAccessKey", current.getAWSSecretKey());
    if (current instanceof AWSSessionCredentials session) {
      put(options, "SessionToken", session.getSessionToken());
    }
  }

  private void put(Map<String, Secret> options, String name, String value) {
    if (!has(name)) {
      options.put(name, new Secret(value));
    }
  }

  private boolean has(String option) {
    return Pattern.compile("[?;&]" + option.toLowerCase(Locale.ROOT) + "=")
        .matcher(url.toLowerCase(Locale.ROOT))
        .find();
  }
}
