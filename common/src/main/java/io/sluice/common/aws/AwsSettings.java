package io.sluice.common.aws;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How AWS is reached. Serializable, since the writer's executors build clients of their own.
 *
 * @param region null for the region that the SDK finds in its surroundings
 * @param endpoints addresses in place of AWS's own, a service at most once
 * @param s3 how the bucket is reached, and what is asked of it
 * @param role the role to assume, null for none
 */
public record AwsSettings(String region, Map<Service, URI> endpoints, S3Settings s3, Role role)
    implements Serializable {
  /** The services that Sluice speaks to. */
  public enum Service {
    S3,
    SQS,
    KINESIS,
    DYNAMODB,
    STS,
    SECRETS_MANAGER
  }

  /**
   * A role that is assumed by STS with the credentials found in the surroundings.
   *
   * @param externalId null when the role asks for none
   */
  public record Role(String arn, String externalId, String sessionName) implements Serializable {
    /** Reads a section {@code role { arn, external-id, session-name }}. */
    public static Role read(Settings settings) {
      String arn = settings.string("arn");
      String externalId = settings.optionalString("external-id").orElse(null);
      String sessionName = settings.string("session-name", "sluice");
      return settings.valid(() -> new Role(arn, externalId, sessionName));
    }

    public Role {
      if (!arn.matches("arn:[a-z-]+:iam::[0-9]{12}:role/.+")) {
        throw new IllegalArgumentException(
            "'" + arn + "' is not a role: use arn:aws:iam::<12-digit account>:role/<name>");
      }
    }
  }

  public AwsSettings {
    requireNonNull(s3, "s3");
    endpoints = java.util.Collections.unmodifiableMap(new TreeMap<>(endpoints));
    if (region == null && !endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "region is needed with an endpoint, for requests are signed for it");
    }
  }

  /** Settings that ask nothing special of S3. */
  public AwsSettings(String region, Map<Service, URI> endpoints, boolean pathStyle, Role role) {
    this(region, endpoints, S3Settings.plain(pathStyle), role);
  }

  /**
   * Reads a section {@code aws { region, s3 { endpoint, path-style, ... }, sqs.endpoint,
   * kinesis.endpoint, dynamodb.endpoint, sts.endpoint, secrets-manager.endpoint, role } }.
   */
  public static AwsSettings read(Settings settings) {
    String region = settings.optionalString("region").orElse(null);
    Map<Service, URI> endpoints = new TreeMap<>();
    settings.endpoint("sqs.endpoint").ifPresent(uri -> endpoints.put(Service.SQS, uri));
    settings.endpoint("kinesis.endpoint").ifPresent(uri -> endpoints.put(Service.KINESIS, uri));
    settings.endpoint("dynamodb.endpoint").ifPresent(uri -> endpoints.put(Service.DYNAMODB, uri));
    settings.endpoint("sts.endpoint").ifPresent(uri -> endpoints.put(Service.STS, uri));
    settings
        .endpoint("secrets-manager.endpoint")
        .ifPresent(uri -> endpoints.put(Service.SECRETS_MANAGER, uri));
    S3Settings s3 =
        settings.section(
            "s3",
            section -> {
              section.endpoint("endpoint").ifPresent(uri -> endpoints.put(Service.S3, uri));
              return S3Settings.read(section);
            });
    Optional<Role> role = settings.optionalSection("role", Role::read);
    return settings.valid(() -> new AwsSettings(region, endpoints, s3, role.orElse(null)));
  }

  /** The same surroundings, entered by another role. */
  public AwsSettings withRole(Role other) {
    return new AwsSettings(region, endpoints, s3, other);
  }

  /** The address that stands in for a service's own. */
  public Optional<URI> endpoint(Service service) {
    return Optional.ofNullable(endpoints.get(service));
  }
}
