package io.sluice.stack;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * How to start a stack: {@link #defaults} and then what is to be otherwise.
 *
 * @param ports where the stand-ins listen
 * @param dataDirectory where S3 keeps its objects and Redshift its tables; gone with the stack if
 *     empty
 * @param shardLimits whether Kinesis shards have the throughput of real ones
 * @param faultSeed where the chances of ordered faults come from: the same seed repeats them
 */
public record StackSettings(
    Ports ports, Optional<Path> dataDirectory, ShardLimits shardLimits, long faultSeed) {

  /** Checks that nothing is missing. */
  public StackSettings {
    requireNonNull(ports, "ports");
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(shardLimits, "shardLimits");
  }

  /** Free ports, everything in memory, no limits, a seed of its own each time. */
  public static StackSettings defaults() {
    return new StackSettings(
        Ports.FREE, Optional.empty(), ShardLimits.NONE, new Random().nextLong(Integer.MAX_VALUE));
  }

  /** The same on these ports. */
  public StackSettings withPorts(Ports newPorts) {
    return new StackSettings(newPorts, dataDirectory, shardLimits, faultSeed);
  }

  /** The same with S3's objects and Redshift's tables kept in a folder. */
  public StackSettings withDataDirectory(Path folder) {
    return new StackSettings(ports, Optional.of(folder), shardLimits, faultSeed);
  }

  /** The same with these limits on Kinesis shards. */
  public StackSettings withShardLimits(ShardLimits limits) {
    return new StackSettings(ports, dataDirectory, limits, faultSeed);
  }

  /** The same with this seed for the chances of faults. */
  public StackSettings withFaultSeed(long seed) {
    return new StackSettings(ports, dataDirectory, shardLimits, seed);
  }
}
