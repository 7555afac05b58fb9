package io.sluice.loader.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.AmazonSQSClientBuilder;
import io.sluice.common.config.Secret;
import io.sluice.loader.warehouse.WarehouseSettings;
import io.sluice.stack.process.StackProcess;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * The stand-ins, one process for all tests of a JVM, or the one that the system property {@code
 * sluice.stack.endpoints} points to by its file of endpoints. Every test takes names of its own, so
 * that they can share it.
 */
public final class RunningStack {
  private static final String PROPERTY = "sluice.stack.endpoints";

  private static RunningStack shared;

  private final Properties endpoints = new Properties();
  private final AmazonS3 s3;
  private final AmazonSQS sqs;

  private RunningStack(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      endpoints.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.s3 =
        located(AmazonS3ClientBuilder.standard(), "s3.endpoint")
            .withPathStyleAccessEnabled(true)
            .build();
    this.sqs = located(AmazonSQSClientBuilder.standard(), "sqs.endpoint").build();
  }

  /** The stack, started when it is asked for first; it ends with this JVM. */
  public static synchronized RunningStack shared() {
    if (shared == null) {
      String file = System.getProperty(PROPERTY);
      shared = new RunningStack(file == null ? start() : Path.of(file));
    }
    return shared;
  }

  /** The stack with its warehouse; the test is skipped when this stack has none. */
  public static RunningStack withWarehouse() {
    RunningStack stack = shared();
    assumeTrue(stack.endpoints.containsKey("redshift.url"), "the stack runs without its warehouse");
    return stack;
  }

  private static Path start() {
    try {
      Path folder = Files.createTempDirectory("sluice-stack");
      StackProcess.start(folder);
      return folder.resolve("stack.properties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public AmazonS3 s3() {
    return s3;
  }

  public AmazonSQS sqs() {
    return sqs;
  }

  /** A new, empty bucket's name. */
  public String newBucket() {
    String name = newName("bucket").replace('_', '-');
    s3.createBucket(name);
    return name;
  }

  /** A new, empty queue's address. */
  public String newQueue() {
    return sqs.createQueue(newName("queue")).getQueueUrl();
  }

  /** A name that nothing else has. */
  public static String newName(String prefix) {
    return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** The warehouse, with a ledger in this schema. */
  public WarehouseSettings warehouse(String schema) {
    return new WarehouseSettings(
        jdbcUrl(),
        endpoint("redshift.user"),
        new Secret(endpoint("redshift.password")),
        "arn:aws:iam::123456789012:role/copy",
        schema,
        Duration.ofMinutes(1),
        Optional.empty());
  }

  /** The stand-in has no certificate. */
  public String jdbcUrl() {
    String url = endpoint("redshift.url");
    return url.contains("?") ? url : url + "?ssl=false";
  }

  /** An entry of the file. */
  public String endpoint(String name) {
    String value = endpoints.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the stack has no " + name);
    }
    return value;
  }

  private <B extends AwsClientBuilder<B, ?>> B located(B builder, String endpoint) {
    return builder
        .withEndpointConfiguration(
            new EndpointConfiguration(endpoint(endpoint), endpoint("region")))
        .withCredentials(
            new AWSStaticCredentialsProvider(
                new BasicAWSCredentials(endpoint("access-key"), endpoint("secret-key"))));
  }
}
