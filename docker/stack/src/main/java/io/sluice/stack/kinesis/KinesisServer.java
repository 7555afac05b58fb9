package io.sluice.stack.kinesis;

import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.operation.Operations;
import io.sluice.stack.kinesis.protocol.KinesisHandler;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.Streams;
import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Kinesis Data Streams on loopback, in memory. Started when it exists, stopped by {@link #close};
 * its streams are gone then.
 */
public final class KinesisServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int MAX_THREADS = 64;

  private final Server server;
  private final URI endpoint;

  private KinesisServer(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @param settings how the streams behave
   * @param faults what is to go wrong
   * @throws IOException if the port cannot be listened on
   */
  public static KinesisServer start(int port, StoreSettings settings, CallFaults faults)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("kinesis");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(HOST);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new KinesisHandler(new Operations(new Streams(settings), faults)));
    start(server);
    return new KinesisServer(
        server, URI.create("http://%s:%d".formatted(HOST, connector.getLocalPort())));
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop Kinesis at " + endpoint, e);
    }
  }

  private static void start(Server server) throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Kinesis was starting", e);
    } catch (Exception e) {
      throw new IOException("cannot start Kinesis", e);
    }
  }
}
