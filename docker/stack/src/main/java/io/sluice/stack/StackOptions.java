package io.sluice.stack;

import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say what the stack is like. */
final class StackOptions {
  @Option(
      names = "--data-directory",
      paramLabel = "DIR",
      description = "Keep S3's objects and Redshift's tables there. Default: gone with the stack.")
  private Path dataDirectory;

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
      names = "--kinesis-limits",
      description = "Throttle each Kinesis shard as AWS does. Default: no limits.")
  private boolean kinesisLimits;

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

  /**
   * The settings that they make.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  StackSettings settings() {
    StackSettings settings =
        StackSettings.defaults()
            .withPorts(
                new Ports(s3Port, sqsPort, kinesisPort, dynamodbPort, redshiftPort, controlPort))
            .withShardLimits(kinesisLimits ? ShardLimits.REAL : ShardLimits.NONE);
    if (faultSeed != null) {
      settings = settings.withFaultSeed(faultSeed);
    }
    return dataDirectory == null ? settings : settings.withDataDirectory(dataDirectory);
  }
}
