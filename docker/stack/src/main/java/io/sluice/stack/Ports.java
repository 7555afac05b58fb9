package io.sluice.stack;

import io.sluice.stack.process.FreePorts;
import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/**
 * Where the stand-ins listen; 0 stands for a free port.
 *
 * @param control where faults are ordered over HTTP
 */
public record Ports(int s3, int sqs, int kinesis, int dynamodb, int redshift, int control) {
  /** Free ports for all. */
  public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);

  /** Checks that each is a port or 0. */
  public Ports {
    forEach(Ports::check, s3, sqs, kinesis, dynamodb, redshift, control);
  }

  /**
   * Says in one clear line which port somebody else has, whatever the server would say, and before
   * anything is started.
   *
   * @throws StackException if one is taken
   */
  void requireFree() {
    forEach(Ports::requireFree, s3, sqs, kinesis, dynamodb, redshift, control);
  }

  private interface Check {
    void of(String service, int port);
  }

  private static void forEach(
      Check check, int s3, int sqs, int kinesis, int dynamodb, int redshift, int control) {
    check.of("S3", s3);
    check.of("SQS", sqs);
    check.of("Kinesis", kinesis);
    check.of("DynamoDB", dynamodb);
    check.of("Redshift", redshift);
    check.of("control", control);
  }

  private static void check(String service, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "the port of %s must be 0 to 65535, not %d".formatted(service, port));
    }
  }

  private static void requireFree(String service, int port) {
    if (port == 0) {
      return;
    }
    try {
      FreePorts.requireFree(port);
    } catch (BindException e) {
      throw new StackException(
          "port %d is taken: choose another one for %s with --%s-port, or 0 for a free one"
              .formatted(port, service, service.toLowerCase(Locale.ROOT)),
          e);
    } catch (IOException e) {
      throw new StackException("cannot look whether port %d is free: %s".formatted(port, e), e);
    }
  }
}
