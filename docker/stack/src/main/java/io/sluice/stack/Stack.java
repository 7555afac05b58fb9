package io.sluice.stack;

import io.sluice.stack.dynamodb.DynamoDbServer;
import io.sluice.stack.kinesis.KinesisServer;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.redshift.RedshiftServer;
import io.sluice.stack.redshift.RedshiftSettings;
import io.sluice.stack.redshift.copy.source.S3CopyObjects;
import io.sluice.stack.s3.S3Server;
import io.sluice.stack.sqs.SqsServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-ins of one stack. All are ready when {@link #start} returns, all are stopped by {@link
 * #close}. Thread-safe.
 */
public final class Stack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Stack.class);

  /** The region that everything claims to be in. */
  public static final String REGION = "us-east-1";

  /** Any key is accepted; these are the ones that the stack shows. */
  public static final String ACCESS_KEY = "local";

  /** Goes with {@link #ACCESS_KEY}. */
  public static final String SECRET_KEY = "local-secret";

  private static final String ACCOUNT = "000000000000";

  /** Long enough that a caller who does not wait for ACTIVE notices it, short for everyone else. */
  private static final Duration STREAM_TRANSITION = Duration.ofMillis(100);

  private final List<Service<?>> services;
  private final StackEndpoints endpoints;
  private boolean closed;

  private Stack(List<Service<?>> services, StackEndpoints endpoints) {
    this.services = List.copyOf(services);
    this.endpoints = endpoints;
  }

  /**
   * Starts all stand-ins side by side.
   *
   * @throws StackException if one cannot start; the others are stopped then
   */
  public static Stack start(StackSettings settings) {
    List<Service<?>> services = new ArrayList<>();
    try {
      Service<S3Server> s3 =
          Service.starting(
              "S3",
              settings.ports().s3(),
              () ->
                  S3Server.start(
                      settings.ports().s3(),
                      settings.dataDirectory().map(folder -> folder.resolve("s3"))));
      services.add(s3);
      Service<SqsServer> sqs =
          Service.starting(
              "SQS",
              settings.ports().sqs(),
              () -> SqsServer.start(settings.ports().sqs(), REGION, ACCOUNT));
      services.add(sqs);
      Service<KinesisServer> kinesis =
          Service.starting("Kinesis", settings.ports().kinesis(), () -> kinesis(settings));
      services.add(kinesis);
      Service<DynamoDbServer> dynamodb =
          Service.starting(
              "DynamoDB",
              settings.ports().dynamodb(),
              () -> DynamoDbServer.start(settings.ports().dynamodb()));
      services.add(dynamodb);
      Service<RedshiftServer> redshift =
          Service.starting(
              "Redshift", settings.ports().redshift(), () -> redshift(settings, s3.await()));
      services.add(redshift);
      StackEndpoints endpoints =
          new StackEndpoints(
              REGION,
              ACCESS_KEY,
              SECRET_KEY,
              s3.await().endpoint(),
              sqs.await().endpoint(),
              kinesis.await().endpoint(),
              dynamodb.await().endpoint(),
              Optional.of(login(redshift.await())));
      return new Stack(services, endpoints);
    } catch (RuntimeException e) {
      stop(services).forEach(e::addSuppressed);
      throw e;
    }
  }

  /** Where the stand-ins are reached. */
  public StackEndpoints endpoints() {
    return endpoints;
  }

  /** Stops all stand-ins, the last one first; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop(services).forEach(e -> log.warn("a stand-in did not stop cleanly", e));
  }

  private static KinesisServer kinesis(StackSettings settings) throws Exception {
    StoreSettings store =
        new StoreSettings(
            REGION, ACCOUNT, STREAM_TRANSITION, settings.shardLimits(), InstantSource.system());
    return KinesisServer.start(settings.ports().kinesis(), store, settings.kinesisFaults());
  }

  private static RedshiftServer redshift(StackSettings settings, S3Server s3) {
    S3CopyObjects objects =
        S3CopyObjects.at(s3.endpoint().toString(), REGION, ACCESS_KEY, SECRET_KEY);
    RedshiftSettings redshift = RedshiftSettings.of(objects).withPort(settings.ports().redshift());
    return RedshiftServer.start(
        settings
            .dataDirectory()
            .map(folder -> redshift.withDataDirectory(folder.resolve("redshift")))
            .orElse(redshift));
  }

  private static StackEndpoints.Redshift login(RedshiftServer redshift) {
    return new StackEndpoints.Redshift(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }

  private static List<Exception> stop(List<Service<?>> services) {
    List<Exception> failures = new ArrayList<>();
    for (int i = services.size() - 1; i >= 0; i--) {
      try {
        services.get(i).close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    return failures;
  }
}
