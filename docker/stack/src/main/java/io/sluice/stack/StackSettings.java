package io.sluice.stack;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.http.Address;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import io.sluice.stack.redshift.isolation.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * How to start a stack: {@link #defaults} and then what is to be otherwise.
 *
 * @param host the address that all listen on
 * @param ports where the stand-ins listen
 * @param dataDirectory where S3 keeps its objects and Redshift its tables; gone with the stack if
 *     empty
 * @param redshiftIsolation the isolation of Redshift's database
 * @param kinesis how much Kinesis takes and keeps
 * @param faultSeed where the chances of ordered faults come from: the same seed repeats them
 * @param reach how S3, SQS and DynamoDB are reached
 * @param s3Latency how long S3 waits before each access to its store, zero for not at all
 */
public record StackSettings(
    String host,
    Ports ports,
    Optional<Path> dataDirectory,
    Isolation redshiftIsolation,
    KinesisBounds kinesis,
    long faultSeed,
    Reach reach,
    Duration s3Latency) {

  /** How S3, SQS and DynamoDB are reached. */
  public enum Reach {
    /** By fronts that fail on order. */
    FRONTED,
    /** Without anything between, for benchmarks; from this machine only. */
    BARE
  }

  /** Checks that nothing is missing. */
  public StackSettings {
    requireNonNull(host, "host");
    requireNonNull(ports, "ports");
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(redshiftIsolation, "redshiftIsolation");
    requireNonNull(kinesis, "kinesis");
    requireNonNull(reach, "reach");
    if (s3Latency.isNegative()) {
      throw new IllegalArgumentException("the latency of S3 is negative: " + s3Latency);
    }
    if (reach == Reach.BARE && !host.equals(Address.LOOPBACK)) {
      throw new IllegalArgumentException(
          "without fronts the stack is reached from this machine only, not at " + host);
    }
  }

  /**
   * Free ports of 127.0.0.1, everything in memory, SNAPSHOT isolation, no limits, fronts that fail
   * on order with a seed of its own each time, no latency.
   */
  public static StackSettings defaults() {
    return new StackSettings(
        Address.LOOPBACK,
        Ports.FREE,
        Optional.empty(),
        Isolation.SNAPSHOT,
        KinesisBounds.defaults(),
        new Random().nextLong(Integer.MAX_VALUE),
        Reach.FRONTED,
        Duration.ZERO);
  }

  /** The same, listening on another address of this machine. */
  public StackSettings withHost(String address) {
    return new StackSettings(
        address, ports, dataDirectory, redshiftIsolation, kinesis, faultSeed, reach, s3Latency);
  }

  /** The same on these ports. */
  public StackSettings withPorts(Ports newPorts) {
    return new StackSettings(
        host, newPorts, dataDirectory, redshiftIsolation, kinesis, faultSeed, reach, s3Latency);
  }

  /** The same with S3's objects and Redshift's tables kept in a folder. */
  public StackSettings withDataDirectory(Path folder) {
    return new StackSettings(
        host, ports, Optional.of(folder), redshiftIsolation, kinesis, faultSeed, reach, s3Latency);
  }

  /** The same with this isolation in Redshift. */
  public StackSettings withRedshiftIsolation(Isolation isolation) {
    return new StackSettings(
        host, ports, dataDirectory, isolation, kinesis, faultSeed, reach, s3Latency);
  }

  /** The same with these limits on Kinesis shards. */
  public StackSettings withShardLimits(ShardLimits limits) {
    return withKinesis(new KinesisBounds(limits, kinesis.memory()));
  }

  /** The same with this much memory, in bytes, for the records of Kinesis. */
  public StackSettings withKinesisMemory(long memory) {
    return withKinesis(new KinesisBounds(kinesis.shardLimits(), memory));
  }

  /** The same with this seed for the chances of faults. */
  public StackSettings withFaultSeed(long seed) {
    return new StackSettings(
        host, ports, dataDirectory, redshiftIsolation, kinesis, seed, reach, s3Latency);
  }

  /** The same with S3, SQS and DynamoDB reached this way. */
  public StackSettings withReach(Reach way) {
    return new StackSettings(
        host, ports, dataDirectory, redshiftIsolation, kinesis, faultSeed, way, s3Latency);
  }

  /** The same with an S3 that waits so long before each access to its store. */
  public StackSettings withS3Latency(Duration latency) {
    return new StackSettings(
        host, ports, dataDirectory, redshiftIsolation, kinesis, faultSeed, reach, latency);
  }

  private StackSettings withKinesis(KinesisBounds bounds) {
    return new StackSettings(
        host, ports, dataDirectory, redshiftIsolation, bounds, faultSeed, reach, s3Latency);
  }
}
