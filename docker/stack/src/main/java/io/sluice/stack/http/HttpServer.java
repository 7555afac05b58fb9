package io.sluice.stack.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP/1.1 server. Started when it exists, stopped by {@link #close}. */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_THREADS = 200;

  private final String name;
  private final Server server;
  private final URI endpoint;

  private HttpServer(String name, Server server, URI endpoint) {
    this.name = name;
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server.
   *
   * @param name the service, for threads and messages
   * @param address where to listen
   * @param handler what answers; started and stopped with the server
   * @throws IOException if the port cannot be listened on
   */
  public static HttpServer start(String name, Address address, Handler handler) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName(requireNonNull(name, "name"));
    // A long poll under way is cut off at the stop.
    threads.setStopTimeout(0);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Keys of S3 hold whatever their owner put into them: the stand-in decides what it takes.
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.host());
    connector.setPort(address.port());
    server.addConnector(connector);
    server.setHandler(handler);
    start(name, server);
    return new HttpServer(
        name,
        server,
        URI.create("http://%s:%d".formatted(Address.LOOPBACK, connector.getLocalPort())));
  }

  /** Where clients on this machine reach it. */
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
      throw new IllegalStateException("cannot stop %s at %s".formatted(name, endpoint), e);
    }
  }

  private static void start(String name, Server server) throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while %s was starting".formatted(name), e);
    } catch (Exception e) {
      throw new IOException("cannot start " + name, e);
    }
  }
}
