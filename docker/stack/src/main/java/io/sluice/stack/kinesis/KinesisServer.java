package io.sluice.stack.kinesis;

import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.operation.Operations;
import io.sluice.stack.kinesis.protocol.KinesisHandler;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.Streams;
import java.io.IOException;
import java.net.URI;

/**
 * Kinesis Data Streams on loopback, in memory. Started when it exists, stopped by {@link #close};
 * its streams are gone then.
 */
public final class KinesisServer implements AutoCloseable {
  private final HttpServer server;

  private KinesisServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param address where to listen
   * @param settings how the streams behave
   * @param faults what is to go wrong
   * @throws IOException if the port cannot be listened on
   */
  public static KinesisServer start(Address address, StoreSettings settings, CallFaults faults)
      throws IOException {
    KinesisHandler handler = new KinesisHandler(new Operations(new Streams(settings), faults));
    return new KinesisServer(HttpServer.start("Kinesis", address, handler));
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() {
    server.close();
  }
}
