package io.sluice.stack.front;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.fault.StandIn;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.io.IOException;
import java.net.URI;

/**
 * The addresses of stand-ins that can fail on order: each passes calls on to the server behind it,
 * which must outlive it.
 */
public final class Fronts {
  private Fronts() {}

  /** Starts the front of an S3 server. */
  public static HttpServer ofS3(Address address, URI backend, Faults faults) throws IOException {
    return HttpServer.start("S3-front", address, new S3Front(backend, faults));
  }

  /** Starts the front of an SQS server. */
  public static HttpServer ofSqs(Address address, URI backend, Faults faults) throws IOException {
    Backend sqs = new Backend(backend);
    return HttpServer.start(
        "SQS-front",
        address,
        new JsonFront(StandIn.SQS, faults, sqs, new MessageFaults(faults, sqs)));
  }

  /** Starts the front of a DynamoDB server. */
  public static HttpServer ofDynamoDb(Address address, URI backend, Faults faults)
      throws IOException {
    Backend dynamoDb = new Backend(backend);
    return HttpServer.start(
        "DynamoDB-front",
        address,
        new JsonFront(StandIn.DYNAMODB, faults, dynamoDb, dynamoDb::send));
  }
}
