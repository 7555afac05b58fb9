package io.sluice.stack;

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

/**
 * Which stand-in stands before which: all start side by side, each waits only for what it needs.
 * The fronts of S3, SQS and DynamoDB are what callers reach; COPY reads from S3 itself, so that
 * faults of S3 and of COPY can be ordered apart.
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
    Service<S3Server> objects =
        starting(
            "S3",
            FREE,
            () -> S3Server.start(FREE, settings.dataDirectory().map(f -> f.resolve("s3"))));
    Service<SqsServer> queues =
        starting("SQS", FREE, () -> SqsServer.start(FREE, Stack.REGION, ACCOUNT));
    Service<DynamoDbServer> tables = starting("DynamoDB", FREE, () -> DynamoDbServer.start(FREE));
    Service<HttpServer> s3 =
        front("S3", ports.s3(), () -> objects.await().endpoint(), Fronts::ofS3);
    Service<HttpServer> sqs =
        front("SQS", ports.sqs(), () -> queues.await().endpoint(), Fronts::ofSqs);
    Service<HttpServer> dynamodb =
        front("DynamoDB", ports.dynamodb(), () -> tables.await().endpoint(), Fronts::ofDynamoDb);
    Service<KinesisServer> kinesis = starting("Kinesis", ports.kinesis(), this::kinesis);
    Service<Warehouse> redshift =
        starting("Redshift", ports.redshift(), () -> redshift(objects.await().endpoint()));
    Service<HttpServer> control =
        starting(
            "control", ports.control(), () -> ControlServer.start(at(ports.control()), faults));
    return new StackEndpoints(
        Stack.REGION,
        Stack.ACCESS_KEY,
        Stack.SECRET_KEY,
        s3.await().endpoint(),
        sqs.await().endpoint(),
        kinesis.await().endpoint(),
        dynamodb.await().endpoint(),
        control.await().endpoint(),
        Optional.of(redshift.await().endpoint()));
  }

  private Service<HttpServer> front(
      String name, int port, Service.Starter<URI> backend, FrontStarter front) {
    return starting(name, port, () -> front.start(at(port), backend.start(), faults));
  }

  private <T extends AutoCloseable> Service<T> starting(
      String name, int port, Service.Starter<? extends T> starter) {
    Service<T> service = Service.starting(name, port, starter);
    services.add(service);
    return service;
  }

  private Address at(int port) {
    return new Address(settings.host(), port);
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
