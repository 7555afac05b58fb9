package io.sluice.stack.redshift.database;

import io.sluice.stack.redshift.session.Accounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The users as the database keeps them: those that CREATE USER has made and the first one. */
public final class Users implements Accounts {
  private static final String FIND =
      "select rolpassword, case when isfinite(rolvaliduntil)"
          + " then extract(epoch from rolvaliduntil)::bigint end"
          + " from pg_authid where rolname = ? and rolcanlogin and rolpassword like 'md5%'";

  private final Database database;

  /** Asks {@code database} anew at every login. */
  public Users(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> find(String user) {
    try (Connection connection = database.connect();
        PreparedStatement query = connection.prepareStatement(FIND)) {
      query.setString(1, user);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Account(
                row.getString(1),
                Optional.ofNullable(row.getObject(2, Long.class)).map(Instant::ofEpochSecond)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell of its users", e);
    }
  }
}
