package io.sluice.common.aws;

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
 * @param pathStyle whether buckets are named in the path instead of the host, as stand-ins want it
 * @param role the role to assume, null for none
 */
public record AwsSettings(String region, Map<Service, URI> endpoints, boolean pathStyle, Role role)
    implements Serializable {
  /** The services that Sluice speaks to. */
  public enum Service {
    S3,
    SQS,
    KINESIS,
    STS
  }

  /**
   * A role that is assumed by STS with the credentials found in the surroundings.
   *
   * @param externalId null when the role asks for none
   */
  public record Role(String arn, String externalId, String sessionName) implements Serializable {
    public Role {
      if (!arn.matches("arn:[a-z-]+:iam::[0-9]{12}:role/.+")) {
        throw new IllegalArgumentException(
            "'" + arn + "' is not a role: use arn:aws:iam::<12-digit account>:role/<name>");
      }
    }
  }

  public AwsSettings {
    endpoints = java.util.Collections.unmodifiableMap(new TreeMap<>(endpoints));
    if (region == null && !endpoints.isEmpty()) {
      throw new IllegalArgumentException(
          "region is needed with an endpoint, for requests are signed for it");
    }
  }

  /**
   * Reads a section {@code aws { region, s3 { endpoint, path-style }, sqs.endpoint,
   * kinesis.endpoint, role } }.
   */
  public static AwsSettings read(Settings settings) {
    String region = settings.optionalString("region").orElse(null);
    Map<Service, URI> endpoints = new TreeMap<>();
    settings.endpoint("s3.endpoint").ifPresent(uri -> endpoints.put(Service.S3, uri));
    settings.endpoint("sqs.endpoint").ifPresent(uri -> endpoints.put(Service.SQS, uri));
    settings.endpoint("kinesis.endpoint").ifPresent(uri -> endpoints.put(Service.KINESIS, uri));
    settings.endpoint("sts.endpoint").ifPresent(uri -> endpoints.put(Service.STS, uri));
    boolean pathStyle = settings.flag("s3.path-style", false);
    Optional<Role> role = settings.optionalSection("role", AwsSettings::readRole);
    return settings.valid(() -> new AwsSettings(region, endpoints, pathStyle, role.orElse(null)));
  }

  /** The address that stands in for a service's own. */
  public Optional<URI> endpoint(Service service) {
    return Optional.ofNullable(endpoints.get(service));
  }

  private static Role readRole(Settings settings) {
    String arn = settings.string("arn");
    String externalId = settings.optionalString("external-id").orElse(null);
    String sessionName = settings.string("session-name", "sluice");
    return settings.valid(() -> new Role(arn, externalId, sessionName));
  }
}
