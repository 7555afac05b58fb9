package io.sluice.stack;

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
    check("S3", s3);
    check("SQS", sqs);
    check("Kinesis", kinesis);
    check("DynamoDB", dynamodb);
    check("Redshift", redshift);
    check("control", control);
  }

  private static void check(String service, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "the port of %s must be 0 to 65535, not %d".formatted(service, port));
    }
  }
}
