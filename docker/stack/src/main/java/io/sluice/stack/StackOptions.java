package io.sluice.stack;

import io.sluice.stack.StackSettings.Reach;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import io.sluice.stack.redshift.isolation.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say what the stack is like. */
final class StackOptions {
  @Option(
      names = "--data-directory",
      paramLabel = "DIR",
      description = "Keep S3's objects and Redshift's tables there. Default: gone with the stack.")
  private Path dataDirectory;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Listen on this address of the machine; 0.0.0.0 for all, as containers need it."
              + " Default: 127.0.0.1.")
  private String host;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of S3. Default: a free one.")
  private int s3Port;

  @Option(
      names = "--sqs-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of SQS. Default: a free one.")
  private int sqsPort;

  @Option(
      names = "--kinesis-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Kinesis. Default: a free one.")
  private int kinesisPort;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of DynamoDB. Default: a free one.")
  private int dynamodbPort;

  @Option(
      names = "--redshift-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Redshift. Default: a free one.")
  private int redshiftPort;

  @Option(
      names = "--redshift-isolation",
      paramLabel = "LEVEL",
      defaultValue = "snapshot",
      description =
          "Isolation of Redshift's database: snapshot or serializable. Default: snapshot.")
  private Isolation redshiftIsolation;

  @Option(
      names = "--kinesis-limits",
      description = "Throttle each Kinesis shard as AWS does. Default: no limits.")
  private boolean kinesisLimits;

  @Option(
      names = "--kinesis-memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description =
          "Keep at most this much of Kinesis records (512m, 2g); then the oldest go."
              + " Default: half of the heap.")
  private Long kinesisMemory;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port on which faults are ordered. Default: a free one.")
  private int controlPort;

  @Option(
      names = "--fault-seed",
      paramLabel = "N",
      description = "Repeats the chances of ordered faults. Default: another one each time.")
  private Long faultSeed;

  @Option(
      names = "--no-faults",
      description =
          "Reach S3, SQS and DynamoDB without the fronts that fail on order, for benchmarks: faults"
              + " of these three cannot be ordered then.")
  private boolean noFaults;

  @Option(
      names = "--s3-latency",
      paramLabel = "TIME",
      converter = Latency.class,
      description =
          "Let S3 wait so long (20ms, 1s) before each access to its store. Default: not at all.")
  private Duration s3Latency = Duration.ZERO;

  /**
   * The settings that they make.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  StackSettings settings() {
    StackSettings settings =
        StackSettings.defaults()
            .withHost(host)
            .withPorts(
                new Ports(s3Port, sqsPort, kinesisPort, dynamodbPort, redshiftPort, controlPort))
            .withRedshiftIsolation(redshiftIsolation)
            .withShardLimits(kinesisLimits ? ShardLimits.REAL : ShardLimits.NONE)
            .withReach(noFaults ? Reach.BARE : Reach.FRONTED)
            .withS3Latency(s3Latency);
    if (kinesisMemory != null) {
      settings = settings.withKinesisMemory(kinesisMemory);
    }
    if (faultSeed != null) {
      settings = settings.withFaultSeed(faultSeed);
    }
    return dataDirectory == null ? settings : settings.withDataDirectory(dataDirectory);
  }
}
