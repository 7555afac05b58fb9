package io.sluice.stack.redshift;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.fault.FaultPoints;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link RedshiftServer} is made of.
 *
 * @param port where to listen, 0 for a free port
 * @param objects what COPY reads
 * @param dataDirectory where the data stays; without it the data is gone with the server
 */
public record RedshiftSettings(
    int port,
    String database,
    String user,
    String password,
    CopyObjects objects,
    Optional<Path> dataDirectory,
    FaultPoints faults) {
  public RedshiftSettings {
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(objects, "objects");
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(faults, "faults");
  }

  /**
   * A free port, the database {@code dev}, the user {@code awsuser} with the password {@code
   * Password1}.
   */
  public static RedshiftSettings of(CopyObjects objects) {
    return new RedshiftSettings(
        0, "dev", "awsuser", "Password1", objects, Optional.empty(), FaultPoints.NONE);
  }

  /** The same on this port. */
  public RedshiftSettings withPort(int fixed) {
    return new RedshiftSettings(fixed, database, user, password, objects, dataDirectory, faults);
  }

  /** The same with its data in this directory. */
  public RedshiftSettings withDataDirectory(Path directory) {
    return new RedshiftSettings(
        port, database, user, password, objects, Optional.of(directory), faults);
  }

  /** The same with these faults. */
  public RedshiftSettings withFaults(FaultPoints ordered) {
    return new RedshiftSettings(port, database, user, password, objects, dataDirectory, ordered);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedshiftSettings[port=%d, database=%s, user=%s]".formatted(port, database, user);
  }
}
