package io.sluice.loader.login;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.AWSSessionCredentials;
import io.sluice.common.config.Secret;
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
  private final Optional<AWSCredentialsProvider> role;

  /**
   * {@code user} is the database user, as which a cluster is entered; {@code role} the credentials
   * that are to be used in place of those that the driver finds by itself.
   */
  IamLogin(
      String url,
      Optional<String> user,
      Optional<String> region,
      Optional<AWSCredentialsProvider> role) {
    this.url = url;
    this.user = user;
    this.region = region;
    this.role = role;
  }

  @Override
  public Login login() {
    Map<String, Secret> options = new HashMap<>();
    user.ifPresent(name -> put(options, "DbUser", name));
    region.ifPresent(name -> put(options, "Region", name));
    role.ifPresent(provider -> putCredentials(options, provider.getCredentials()));
    return new Login("by IAM", options);
  }

  @Override
  public Optional<Login> renewed(Login refused) {
    return Optional.empty();
  }

  private void putCredentials(Map<String, Secret> options, AWSCredentials credentials) {
    if (has("Profile") || has("plugin_name") || has("AccessKeyID")) {
      return;
    }
    put(options, "AccessKeyID", credentials.getAWSAccessKeyId());
    put(options, "SecretAccessKey", credentials.getAWSSecretKey());
    if (credentials instanceof AWSSessionCredentials session) {
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
