package io.sluice.stack.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the parts of a running stack are reached, and with which dummy credentials. Written by the
 * stack when all parts are ready, read by whoever uses it, as a file in the format of {@link
 * Properties}.
 *
 * @param control where faults are ordered
 * @param redshift empty if the stack runs without a warehouse
 */
public record StackEndpoints(
    String region,
    String accessKey,
    String secretKey,
    URI s3,
    URI sqs,
    URI kinesis,
    URI dynamodb,
    URI control,
    Optional<Redshift> redshift) {

  /**
   * A warehouse: its JDBC URL and login.
   *
   * @param caFile the certificate that a client needs who wants TLS, as PEM; empty if the warehouse
   *     has none of its own
   */
  public record Redshift(String url, String user, String password, Optional<Path> caFile) {
    /** Checks that nothing is missing. */
    public Redshift {
      requireNonNull(url, "url");
      requireNonNull(user, "user");
      requireNonNull(password, "password");
      requireNonNull(caFile, "caFile");
    }

    /** A warehouse without a certificate of its own. */
    public Redshift(String url, String user, String password) {
      this(url, user, password, Optional.empty());
    }
  }

  /** Checks that nothing is missing. */
  public StackEndpoints {
    requireNonNull(region, "region");
    requireNonNull(accessKey, "accessKey");
    requireNonNull(secretKey, "secretKey");
    requireNonNull(s3, "s3");
    requireNonNull(sqs, "sqs");
    requireNonNull(kinesis, "kinesis");
    requireNonNull(dynamodb, "dynamodb");
    requireNonNull(control, "control");
    requireNonNull(redshift, "redshift");
  }

  /** The entries of the file. */
  public Properties toProperties() {
    Properties properties = new Properties();
    properties.setProperty("region", region);
    properties.setProperty("access-key", accessKey);
    properties.setProperty("secret-key", secretKey);
    properties.setProperty("s3.endpoint", s3.toString());
    properties.setProperty("sqs.endpoint", sqs.toString());
    properties.setProperty("kinesis.endpoint", kinesis.toString());
    properties.setProperty("dynamodb.endpoint", dynamodb.toString());
    properties.setProperty("control.endpoint", control.toString());
    redshift.ifPresent(
        warehouse -> {
          properties.setProperty("redshift.url", warehouse.url());
          properties.setProperty("redshift.user", warehouse.user());
          properties.setProperty("redshift.password", warehouse.password());
          warehouse
              .caFile()
              .ifPresent(file -> properties.setProperty("redshift.ca-file", file.toString()));
        });
    return properties;
  }

  /**
   * Reads the entries of the file.
   *
   * @throws IllegalArgumentException if one is missing
   */
  public static StackEndpoints fromProperties(Properties properties) {
    return new StackEndpoints(
        required(properties, "region"),
        required(properties, "access-key"),
        required(properties, "secret-key"),
        URI.create(required(properties, "s3.endpoint")),
        URI.create(required(properties, "sqs.endpoint")),
        URI.create(required(properties, "kinesis.endpoint")),
        URI.create(required(properties, "dynamodb.endpoint")),
        URI.create(required(properties, "control.endpoint")),
        properties.containsKey("redshift.url")
            ? Optional.of(
                new Redshift(
                    required(properties, "redshift.url"),
                    required(properties, "redshift.user"),
                    required(properties, "redshift.password"),
                    Optional.ofNullable(properties.getProperty("redshift.ca-file")).map(Path::of)))
            : Optional.empty());
  }

  /** Writes the file so that a reader sees either all of it or none. */
  public void write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path partial = Files.createTempFile(target.getParent(), target.getFileName().toString(), null);
    try {
      try (Writer writer = Files.newBufferedWriter(partial, UTF_8)) {
        toProperties().store(writer, "The endpoints of a running Sluice stack");
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Reads the file. */
  public static StackEndpoints read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
    }
    return fromProperties(properties);
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("the endpoints lack " + key);
    }
    return value;
  }
}
