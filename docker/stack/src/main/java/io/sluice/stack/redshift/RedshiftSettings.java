package io.sluice.stack.redshift;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.Address;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.isolation.Isolation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link RedshiftServer} is made of.
 *
 * @param address where to listen
 * @param objects what COPY reads; not closed with the server
 * @param dataDirectory where the data stays; without it the data is gone with the server
 * @param isolation the isolation of the one database
 */
public record RedshiftSettings(
    Address address,
    String database,
    String user,
    String password,
    CopyObjects objects,
    Optional<Path> dataDirectory,
    Isolation isolation,
    Faults faults) {
  public RedshiftSettings {
    requireNonNull(address, "address");
    requireNonNull(database, "database");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(objects, "objects");
    requireNonNull(dataDirectory, "dataDirectory");
    requireNonNull(isolation, "isolation");
    requireNonNull(faults, "faults");
  }

  /**
   * A free port, the database {@code dev} with SNAPSHOT isolation, the user {@code awsuser} with
   * the password {@code Password1}.
   */
  public static RedshiftSettings of(CopyObjects objects) {
    return new RedshiftSettings(
        Address.loopback(0),
        "dev",
        "awsuser",
        "Password1",
        objects,
        Optional.empty(),
        Isolation.SNAPSHOT,
        new Faults(0));
  }

  /** The same at this address. */
  public RedshiftSettings withAddress(Address fixed) {
    return new RedshiftSettings(
        fixed, database, user, password, objects, dataDirectory, isolation, faults);
  }

  /** The same with its data in this directory. */
  public RedshiftSettings withDataDirectory(Path directory) {
    return new RedshiftSettings(
        address, database, user, password, objects, Optional.of(directory), isolation, faults);
  }

  /** The same with this isolation. */
  public RedshiftSettings withIsolation(Isolation chosen) {
    return new RedshiftSettings(
        address, database, user, password, objects, dataDirectory, chosen, faults);
  }

  /** The same with these faults. */
  public RedshiftSettings withFaults(Faults ordered) {
    return new RedshiftSettings(
        address, database, user, password, objects, dataDirectory, isolation, ordered);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "RedshiftSettings[port=%d, database=%s, user=%s]"
        .formatted(address.port(), database, user);
  }
}
