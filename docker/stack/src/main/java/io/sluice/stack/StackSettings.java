package io.sluice.stack;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start a stack. A port of 0 means a free one.
 *
 * @param dataDirectory where S3 keeps its objects and Redshift its tables; gone with the stack if
 *     empty
 * @param shardLimits whether Kinesis shards have the throughput of real ones
 * @param kinesisFaults what is to go wrong in Kinesis
 */
public record StackSettings(
    int s3Port,
    int sqsPort,
    int kinesisPort,
    int redshiftPort,
    Optional<Path> dataDirectory,
    ShardLimits shardLimits,
    CallFaults kinesisFaults) {

  /** Checks the ports and that nothing is missing. */
  public StackSettings {
    checkPort("S3", s3Port);
    checkPort("SQS", sqsPort);
    checkPort("Kinesis", kinesisPort);
    checkPort("Redshift", redshiftPort);
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(shardLimits, "shardLimits");
    requireNonNull(kinesisFaults, "kinesisFaults");
  }

  /** Free ports, everything in memory, no limits, no faults. */
  public static StackSettings defaults() {
    return new StackSettings(0, 0, 0, 0, Optional.empty(), ShardLimits.NONE, CallFaults.NONE);
  }

  /** The same with faults in Kinesis. */
  public StackSettings withKinesisFaults(CallFaults faults) {
    return new StackSettings(
        s3Port, sqsPort, kinesisPort, redshiftPort, dataDirectory, shardLimits, faults);
  }

  private static void checkPort(String service, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "the port of %s must be 0 to 65535, not %d".formatted(service, port));
    }
  }
}
