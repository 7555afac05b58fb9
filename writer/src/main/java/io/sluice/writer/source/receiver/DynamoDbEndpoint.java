package io.sluice.writer.source.receiver;

import com.amazonaws.Request;
import com.amazonaws.handlers.RequestHandler2;
import java.net.URI;

/**
 * Leads the KCL's DynamoDB client to another address, which Spark's builder has no setting for. The
 * SDK finds this class by the resource {@code com/amazonaws/global/handlers/request.handler2s} and
 * gives every request of this JVM to it.
 */
public final class DynamoDbEndpoint extends RequestHandler2 {
  private static final String SERVICE = "AmazonDynamoDBv2";

  private static volatile URI endpoint;

  /** The address for all clients of this JVM, null for their own. */
  static void use(URI address) {
    endpoint = address;
  }

  @Override
  public void beforeRequest(Request<?> request) {
    URI address = endpoint;
    if (address != null && request.getServiceName().equals(SERVICE)) {
      request.setEndpoint(address);
    }
  }
}
