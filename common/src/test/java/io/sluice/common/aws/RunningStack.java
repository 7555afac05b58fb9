package io.sluice.common.aws;

import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.process.StackProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The stand-ins for AWS as a process, and how they are reached. Gives this JVM the credentials that
 * the SDK's chain looks for.
 */
public final class RunningStack implements AutoCloseable {
  private final StackProcess process;

  private RunningStack(StackProcess process) {
    this.process = process;
    System.setProperty("aws.accessKeyId", process.endpoints().accessKey());
    System.setProperty("aws.secretKey", process.endpoints().secretKey());
  }

  /** Starts the built stack; {@code folder} gets its log, {@code options} are the stack's own. */
  public static RunningStack start(Path folder, String... options) {
    return new RunningStack(
        StackProcess.start(StackProcess.builtJar(), folder, List.of("-Xmx512m"), List.of(options)));
  }

  /** Addresses and dummy credentials. */
  public StackEndpoints endpoints() {
    return process.endpoints();
  }

  /** Settings that lead to this stack. */
  public AwsSettings settings() {
    return settings(endpoints().s3());
  }

  /** Settings that lead to this stack, but for S3 to another address. */
  public AwsSettings settings(URI s3) {
    return new AwsSettings(
        endpoints().region(),
        Map.of(
            Service.S3, s3,
            Service.SQS, endpoints().sqs(),
            Service.KINESIS, endpoints().kinesis(),
            Service.DYNAMODB, endpoints().dynamodb()),
        true,
        null);
  }

  /** Clients for this stack. */
  public AwsClients clients() {
    return new AwsClients(settings());
  }

  /** Orders for faults of this stack. */
  public FaultControl faults() {
    return new FaultControl(endpoints().control());
  }

  @Override
  public void close() {
    process.close();
  }
}
