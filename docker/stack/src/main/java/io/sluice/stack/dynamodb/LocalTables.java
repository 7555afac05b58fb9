package io.sluice.stack.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import org.eclipse.jetty.server.Handler;

/** DynamoDB Local, without a server: the one class that knows it. */
final class LocalTables implements AutoCloseable {
  private static final String ALL_ORIGINS = "*";

  private final LocalDynamoDBServerHandler handler;

  private LocalTables(LocalDynamoDBServerHandler handler) {
    this.handler = handler;
  }

  /** In memory, shared by all credentials and regions, and at once: no table stays CREATING. */
  static LocalTables inMemory() {
    // By position: DAX's port, in memory, no folder, shared, no delays.
    return new LocalTables(
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(0, true, null, true, false), ALL_ORIGINS));
  }

  /** What answers its HTTP requests. */
  Handler handler() {
    return handler;
  }

  @Override
  public void close() {
    handler.close();
  }
}
