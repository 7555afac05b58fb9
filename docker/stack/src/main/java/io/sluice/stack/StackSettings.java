package io.sluice.stack;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to start a stack: {@link #defaults} and then what is to be otherwise.
 *
 * @param ports where the stand-ins listen
 * @param dataDirectory where S3 keeps its objects and Redshift its tables; gone with the stack if
 *     empty
 * @param shardLimits whether Kinesis shards have the throughput of real ones
 * @param kinesisFaults what is to go wrong in Kinesis
 */
public record StackSettings(
    Ports ports, Optional<Path> dataDirectory, ShardLimits shardLimits, CallFaults kinesisFaults) {

  /** Checks that nothing is missing. */
  public StackSettings {
    requireNonNull(ports, "ports");
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(shardLimits, "shardLimits");
    requireNonNull(kinesisFaults, "kinesisFaults");
  }

  /** Free ports, everything in memory, no limits, no faults. */
  public static StackSettings defaults() {
    return new StackSettings(Ports.FREE, Optional.empty(), ShardLimits.NONE, CallFaults.NONE);
  }

  /** The same on these ports. */
  public StackSettings withPorts(Ports newPorts) {
    return new StackSettings(newPorts, dataDirectory, shardLimits, kinesisFaults);
  }

  /** The same with S3's objects and Redshift's tables kept in a folder. */
  public StackSettings withDataDirectory(Path folder) {
    return new StackSettings(ports, Optional.of(folder), shardLimits, kinesisFaults);
  }

  /** The same with these limits on Kinesis shards. */
  public StackSettings withShardLimits(ShardLimits limits) {
    return new StackSettings(ports, dataDirectory, limits, kinesisFaults);
  }

  /** The same with faults in Kinesis. */
  public StackSettings withKinesisFaults(CallFaults faults) {
    return new StackSettings(ports, dataDirectory, shardLimits, faults);
  }
}
