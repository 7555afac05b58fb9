package io.sluice.stack.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.S3ProxyConstants;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.middleware.Middlewares;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3 on loopback: path style, any credentials. Started when it exists, stopped by {@link #close}.
 *
 * <p>{@code If-None-Match: *} is atomic: the store publishes such an object by a hard link, which
 * fails if the key exists. A data folder must therefore lie on a file system with hard links.
 */
public final class S3Server implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** s3proxy's default of 128 MiB is below what one PUT of a large data file may have. */
  private static final long MAX_REQUEST = 256L << 20;

  private final S3Proxy proxy;
  private final URI endpoint;
  private final RequestCounts requests;

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
    this.endpoint = address(proxy.getPort());
    this.requests = new RequestCounts(address(proxy.getMetricsPort()));
  }

  /**
   * Starts a server that answers as fast as it can.
   *
   * @param port the port to listen on; 0 takes a free one
   * @param folder where buckets and objects are kept; in memory if empty
   * @throws IOException if the port cannot be listened on or the folder cannot be made
   */
  public static S3Server start(int port, Optional<Path> folder) throws IOException {
    return start(port, folder, Duration.ZERO);
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @param folder where buckets and objects are kept; in memory if empty
   * @param latency how long each access to the store waits first; a request needs one, as a rule
   * @throws IOException if the port cannot be listened on or the folder cannot be made
   */
  public static S3Server start(int port, Optional<Path> folder, Duration latency)
      throws IOException {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(delayed(store(folder), latency))
            .endpoint(address(port))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .v4MaxNonChunkedRequestSize(MAX_REQUEST)
            .ignoreUnknownHeaders(true)
            .metricsEnabled(true)
            // On a port of its own: on S3's it would hide a bucket of the name metrics.
            .metricsHost(HOST)
            .metricsPort(0)
            // Requests under way are not worth waiting for: the objects go with the process.
            .stopTimeout(0)
            .build();
    start(proxy);
    return new S3Server(proxy);
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * How many requests it has carried out or refused, by their S3 operations. A request is counted a
   * moment after its answer.
   *
   * @throws UncheckedIOException if the server does not tell
   */
  public Map<String, Long> requests() {
    return requests.byOperation();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop S3 at " + endpoint, e);
    }
  }

  private static BlobStore store(Optional<Path> folder) throws IOException {
    if (folder.isEmpty()) {
      return new TransientNio2BlobStore();
    }
    return new FilesystemNio2BlobStore(Files.createDirectories(folder.get()).toString());
  }

  private static BlobStore delayed(BlobStore store, Duration latency) throws IOException {
    if (latency.isZero()) {
      return store;
    }
    Properties middleware = new Properties();
    middleware.setProperty(
        S3ProxyConstants.PROPERTY_LATENCY + ".*.latency", Long.toString(latency.toMillis()));
    return Middlewares.wrap(
        store,
        middleware,
        unused -> {
          throw new IOException("latency needs no second store");
        });
  }

  private static URI address(int port) {
    return URI.create("http://%s:%d".formatted(HOST, port));
  }

  private static void start(S3Proxy proxy) throws IOException {
    try {
      proxy.start();
    } catch (IOException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while S3 was starting", e);
    } catch (Exception e) {
      throw new IOException("cannot start S3", e);
    }
  }
}
