package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the warehouse why its last COPY of this session failed: {@code stl_load_errors} on
 * provisioned clusters, {@code sys_load_error_detail} on serverless workgroups, which does not tell
 * the value. See both names in the Amazon Redshift Database Developer Guide.
 */
final class LoadErrors {
  private static final Logger log = LoggerFactory.getLogger(LoadErrors.class);

  private static final List<String> QUERIES =
      List.of(
          "SELECT filename, line_number, colname, raw_field_value, err_code, err_reason"
              + " FROM stl_load_errors"
              + " WHERE session = pg_backend_pid() ORDER BY starttime DESC LIMIT 1",
          "SELECT file_name, line_number, column_name, '', error_code, error_message"
              + " FROM sys_load_error_detail WHERE session_id = pg_backend_pid()"
              + " ORDER BY start_time DESC LIMIT 1");

  private LoadErrors() {}

  /** The reason; rolls the session's transaction back, for it has failed. */
  static Optional<LoadError> latest(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      log.debug("cannot ask for the reason of a failed COPY", e);
      return Optional.empty();
    }
    return QUERIES.stream().flatMap(query -> ask(connection, query).stream()).findFirst();
  }

  private static Optional<LoadError> ask(Connection connection, String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new LoadError(
              stripped(rows.getString(1)),
              rows.getLong(2),
              stripped(rows.getString(3)),
              stripped(rows.getString(4)),
              stripped(rows.getString(5)),
              stripped(rows.getString(6))));
    } catch (SQLException e) {
      log.debug("this warehouse does not answer: {}", query, e);
      return Optional.empty();
    }
  }

  /** The views pad their texts. */
  private static String stripped(String text) {
    return text == null ? "" : text.strip();
  }
}
