package io.sluice.stack;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.Address;
import io.sluice.stack.process.StackEndpoints;
import io.sluice.stack.redshift.RedshiftServer;
import io.sluice.stack.redshift.RedshiftSettings;
import io.sluice.stack.redshift.copy.source.S3CopyObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Redshift as part of a stack: the server, the client of S3 that its COPY reads with, and the file
 * by which clients of TLS know it.
 */
final class Warehouse implements AutoCloseable {
  private static final String AUTHORITY_FILE = "redshift-ca.pem";

  private final RedshiftServer server;
  private final S3CopyObjects objects;
  private final Path authorityFile;

  private Warehouse(RedshiftServer server, S3CopyObjects objects, Path authorityFile) {
    this.server = server;
    this.objects = objects;
    this.authorityFile = authorityFile;
  }

  /** Starts the server, which owns {@code objects} from now on, whether it starts or not. */
  static Warehouse start(StackSettings settings, Faults faults, S3CopyObjects objects) {
    RedshiftServer server = null;
    try {
      server = RedshiftServer.start(redshift(settings, faults, objects));
      return new Warehouse(server, objects, writeAuthority(settings, server));
    } catch (IOException e) {
      server.close();
      objects.close();
      throw new UncheckedIOException("the certificate of Redshift's authority is not written", e);
    } catch (RuntimeException e) {
      objects.close();
      throw e;
    }
  }

  StackEndpoints.Redshift endpoint() {
    return new StackEndpoints.Redshift(
        server.jdbcUrl(), server.user(), server.password(), Optional.of(authorityFile));
  }

  /** The file goes with the keys that it tells of. */
  @Override
  public void close() throws IOException {
    try (objects;
        server) {
      Files.deleteIfExists(authorityFile);
    }
  }

  private static RedshiftSettings redshift(
      StackSettings settings, Faults faults, S3CopyObjects objects) {
    RedshiftSettings redshift =
        RedshiftSettings.of(objects)
            .withAddress(new Address(settings.host(), settings.ports().redshift()))
            .withFaults(faults)
            .withIsolation(settings.redshiftIsolation());
    return settings
        .dataDirectory()
        .map(folder -> redshift.withDataDirectory(folder.resolve("redshift")))
        .orElse(redshift);
  }

  private static Path writeAuthority(StackSettings settings, RedshiftServer server)
      throws IOException {
    Path file =
        settings.dataDirectory().isPresent()
            ? settings.dataDirectory().get().resolve(AUTHORITY_FILE)
            : Files.createTempFile("sluice-", "-" + AUTHORITY_FILE);
    Files.writeString(file, server.authorityPem());
    // A certificate is for everybody; a temporary file would be its owner's alone.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file.toAbsolutePath();
  }
}
