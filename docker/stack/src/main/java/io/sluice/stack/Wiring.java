package io.sluice.stack;

import io.sluice.stack.StackSettings.Reach;
import io.sluice.stack.control.ControlServer;
import io.sluice.stack.dynamodb.DynamoDbServer;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.front.Fronts;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import io.sluice.stack.kinesis.KinesisServer;
import io.sluice.stack.kinesis.operation.OrderedFaults;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.redshift.copy.source.S3CopyObjects;
import io.sluice.stack.s3.S3Server;
import io.sluice.stack.sqs.SqsServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which stand-in stands before which: all start side by side, each waits only for what it needs.
 * The fronts of S3, SQS and DynamoDB are what callers reach, unless they are left out; COPY reads
 * from S3 itself, so that faults of S3 and of COPY can be ordered apart.
 */
final class Wiring {
  private static final String ACCOUNT = "000000000000";
  private static final int FREE = 0;

  /** Long enough that a caller who does not wait for ACTIVE notices it, short for everyone else. */
  private static final Duration STREAM_TRANSITION = Duration.ofMillis(100);

  private final StackSettings settings;
  private final Ports ports;
  private final Faults faults;
  private final List<Service<?>> services;

  /** Adds each service to {@code services} as soon as it is on its way. */
  Wiring(StackSettings settings, Faults faults, List<Service<?>> services) {
    this.settings = settings;
    this.ports = settings.ports();
    this.faults = faults;
    this.services = services;
  }

  /** Starts a front before a server. */
  private interface FrontStarter {
    HttpServer start(Address address, URI backend, Faults faults) throws IOException;
  }

  /**
   * Starts all and waits until they are ready.
   *
   * @throws StackException if one cannot start
   */
  StackEndpoints start() {
    Service<S3Server> objects = starting("S3", this::objects);
    Service<SqsServer> queues =
        starting("SQS", () -> SqsServer.start(bare(ports.sqs()), Stack.REGION, ACCOUNT));
    Service<DynamoDbServer> tables =
        starting("DynamoDB", () -> DynamoDbServer.start(bare(ports.dynamodb())));
    Supplier<URI> s3 = reached("S3", ports.s3(), () -> objects.await().endpoint(), Fronts::ofS3);
    Supplier<URI> sqs = reached("SQS", ports.sqs(), () -> queues.await().endpoint(), Fronts::ofSqs);
    Supplier<URI> dynamodb =
        reached("DynamoDB", ports.dynamodb(), () -> tables.await().endpoint(), Fronts::ofDynamoDb);
    Service<KinesisServer> kinesis = starting("Kinesis", this::kinesis);
    Service<Warehouse> redshift = starting("Redshift", () -> redshift(objects.await().endpoint()));
    Service<HttpServer> control =
        starting(
            "control",
            () ->
                ControlServer.start(at(ports.control()), faults, () -> objects.await().requests()));
    return new StackEndpoints(
        Stack.REGION,
        Stack.ACCESS_KEY,
        Stack.SECRET_KEY,
        s3.get(),
        sqs.get(),
        kinesis.await().endpoint(),
        dynamodb.get(),
        control.await().endpoint(),
        Optional.of(redshift.await().endpoint()));
  }

  /** Where callers reach a stand-in: at its front, or at the server itself. */
  private Supplier<URI> reached(String name, int port, Supplier<URI> server, FrontStarter starter) {
    if (settings.reach() == Reach.BARE) {
      return server;
    }
    Service<HttpServer> front = starting(name, () -> starter.start(at(port), server.get(), faults));
    return () -> front.await().endpoint();
  }

  /** The port of a server itself: its own only if nothing stands before it. */
  private int bare(int port) {
    return settings.reach() == Reach.BARE ? port : FREE;
  }

  private <T extends AutoCloseable> Service<T> starting(
      String name, Service.Starter<? extends T> starter) {
    Service<T> service = Service.starting(name, starter);
    services.add(service);
    return service;
  }

  private Address at(int port) {
    return new Address(settings.host(), port);
  }

  private S3Server objects() throws IOException {
    return S3Server.start(
        bare(ports.s3()),
        settings.dataDirectory().map(folder -> folder.resolve("s3")),
        settings.s3Latency());
  }

  private KinesisServer kinesis() throws IOException {
    StoreSettings store =
        new StoreSettings(
            Stack.REGION,
            ACCOUNT,
            STREAM_TRANSITION,
            settings.kinesis().shardLimits(),
            settings.kinesis().memory(),
            InstantSource.system());
    return KinesisServer.start(at(ports.kinesis()), store, new OrderedFaults(faults));
  }

  private Warehouse redshift(URI s3) {
    S3CopyObjects objects =
        S3CopyObjects.at(s3.toString(), Stack.REGION, Stack.ACCESS_KEY, Stack.SECRET_KEY);
    return Warehouse.start(settings, faults, objects);
  }
}
