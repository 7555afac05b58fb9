package io.sluice.stack.front;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.http.LoopbackServer;
import java.io.IOException;
import java.net.URI;

/**
 * The addresses of stand-ins that can fail on order: each passes calls on to the server behind it,
 * which must outlive it.
 */
public final class Fronts {
  private Fronts() {}

  /** Starts the front of an S3 server. */
  public static LoopbackServer ofS3(int port, URI backend, Faults faults) throws IOException {
    return LoopbackServer.start("S3-front", port, new S3Front(backend, faults));
  }

  /** Starts the front of an SQS server. */
  public static LoopbackServer ofSqs(int port, URI backend, Faults faults) throws IOException {
    Backend sqs = new Backend(backend);
    return LoopbackServer.start(
        "SQS-front", port, new JsonFront(StandIn.SQS, faults, sqs, new MessageFaults(faults, sqs)));
  }

  /** Starts the front of a DynamoDB server. */
  public static LoopbackServer ofDynamoDb(int port, URI backend, Faults faults) throws IOException {
    Backend dynamoDb = new Backend(backend);
    return LoopbackServer.start(
        "DynamoDB-front", port, new JsonFront(StandIn.DYNAMODB, faults, dynamoDb, dynamoDb::send));
  }
}
