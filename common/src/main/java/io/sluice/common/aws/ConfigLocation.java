package io.sluice.common.aws;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3URI;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.EffectiveSetting;
import io.sluice.common.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a file of settings lies: a path, {@code classpath:NAME} or {@code s3://bucket/key}.
 *
 * <p>S3 is reached with the SDK's own search for region and credentials, for the settings that
 * could say otherwise are what is looked for; {@code AWS_ENDPOINT_URL_S3} or {@code
 * AWS_ENDPOINT_URL} names another address, see "Service-specific endpoints" in the AWS SDKs and
 * Tools Reference Guide. There, and on the classpath, {@code include} finds nothing.
 */
public record ConfigLocation(String location) implements Serializable {
  private static final String CLASSPATH = "classpath:";
  private static final String S3 = "s3://";

  /**
   * Reads a section of the settings.
   *
   * @throws ConfigException when they cannot be found or read, or {@code reader} found problems
   */
  public <T> T read(String section, Settings.Reader<T> reader) {
    return isPath()
        ? ConfigFile.read(Path.of(location), section, reader)
        : ConfigFile.parse(text(), location, section, reader);
  }

  /** What holds in the end, defaults included; throws as {@link #read} does. */
  public List<EffectiveSetting> effective(String section, Settings.Reader<?> reader) {
    return isPath()
        ? ConfigFile.effective(Path.of(location), section, reader)
        : ConfigFile.effective(text(), location, section, reader);
  }

  @Override
  public String toString() {
    return location;
  }

  private boolean isPath() {
    return !location.startsWith(CLASSPATH) && !location.startsWith(S3);
  }

  private String text() {
    return location.startsWith(S3) ? object() : resource();
  }

  private String resource() {
    String name = location.substring(CLASSPATH.length()).replaceFirst("^/+", "");
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(name)) {
      if (in == null) {
        throw problem("there is no such resource on the classpath", null);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String object() {
    AmazonS3URI uri;
    try {
      uri = new AmazonS3URI(location);
    } catch (IllegalArgumentException e) {
      throw problem("is not an object: use s3://bucket/key", e);
    }
    if (uri.getBucket() == null || uri.getKey() == null) {
      throw problem("is not an object: use s3://bucket/key", null);
    }
    AmazonS3 s3 = new AwsClients(surroundings()).s3();
    try {
      return s3.getObjectAsString(uri.getBucket(), uri.getKey());
    } catch (SdkClientException e) {
      throw problem("cannot be read: " + e.getMessage(), e);
    } finally {
      s3.shutdown();
    }
  }

  private static AwsSettings surroundings() {
    String endpoint =
        System.getenv().getOrDefault("AWS_ENDPOINT_URL_S3", System.getenv("AWS_ENDPOINT_URL"));
    return endpoint == null
        ? new AwsSettings(System.getenv("AWS_REGION"), Map.of(), false, null)
        : new AwsSettings(
            System.getenv().getOrDefault("AWS_REGION", "us-east-1"),
            Map.of(Service.S3, URI.create(endpoint)),
            true,
            null);
  }

  private ConfigException problem(String what, Exception cause) {
    ConfigException problem = new ConfigException(location, List.of(what));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }
}
