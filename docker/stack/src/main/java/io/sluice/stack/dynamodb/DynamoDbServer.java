package io.sluice.stack.dynamodb;

import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.io.IOException;
import java.net.URI;

/**
 * DynamoDB on loopback, in memory, one set of tables for all credentials and regions. Started when
 * it exists, stopped by {@link #close}; its tables are gone then.
 *
 * <p>It is DynamoDB Local behind a server of ours: its own one would listen on every address of the
 * machine and, unless told otherwise, send telemetry. The native SQLite library comes out of its
 * jar.
 */
public final class DynamoDbServer implements AutoCloseable {
  private final HttpServer server;
  private final LocalTables tables;

  private DynamoDbServer(HttpServer server, LocalTables tables) {
    this.server = server;
    this.tables = tables;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @throws IOException if the port cannot be listened on, or DynamoDB Local is not there
   */
  public static DynamoDbServer start(int port) throws IOException {
    LocalTables tables = tables();
    try {
      return new DynamoDbServer(
          HttpServer.start("DynamoDB", Address.loopback(port), tables.handler()), tables);
    } catch (IOException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    try {
      server.close();
    } finally {
      tables.close();
    }
  }

  /** The runnable jar must not contain DynamoDB Local, so it can come to stand without it. */
  private static LocalTables tables() throws IOException {
    try {
      return LocalTables.inMemory();
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "DynamoDB Local is not on the class path: put DynamoDBLocal-<version>.jar, which the"
              + " build leaves beside the runnable jar of the stack, into the same folder",
          e);
    }
  }
}
