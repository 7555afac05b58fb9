package io.sluice.stack.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
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

  private S3Server(S3Proxy proxy, URI endpoint) {
    this.proxy = proxy;
    this.endpoint = endpoint;
  }

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @param folder where buckets and objects are kept; in memory if empty
   * @throws IOException if the port cannot be listened on or the folder cannot be made
   */
  public static S3Server start(int port, Optional<Path> folder) throws IOException {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store(folder))
            .endpoint(URI.create("http://%s:%d".formatted(HOST, port)))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .v4MaxNonChunkedRequestSize(MAX_REQUEST)
            .ignoreUnknownHeaders(true)
            // Requests under way are not worth waiting for: the objects go with the process.
            .stopTimeout(0)
            .build();
    start(proxy);
    return new S3Server(proxy, URI.create("http://%s:%d".formatted(HOST, proxy.getPort())));
  }

  /** Where clients reach it. */
  public URI endpoint() {
    return endpoint;
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
