package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the warehouse why a COPY failed, or which rows it left out: {@code stl_load_errors} on
 * provisioned clusters, {@code sys_load_error_detail} on serverless workgroups, which does not tell
 * the value. See both names in the Amazon Redshift Database Developer Guide.
 */
final class LoadErrors {
  private static final Logger log = LoggerFactory.getLogger(LoadErrors.class);

  private static final String PROVISIONED =
      "SELECT filename, line_number, colname, raw_field_value, err_code, err_reason"
          + " FROM stl_load_errors";

  private static final String SERVERLESS =
      "SELECT file_name, line_number, column_name, '', error_code, error_message"
          + " FROM sys_load_error_detail";

  private static final List<String> LATEST =
      List.of(
          PROVISIONED + " WHERE session = pg_backend_pid() ORDER BY starttime DESC LIMIT 1",
          SERVERLESS + " WHERE session_id = pg_backend_pid() ORDER BY start_time DESC LIMIT 1");

  private static final List<String> OF_A_QUERY =
      List.of(
          PROVISIONED + " WHERE query = %d ORDER BY filename, line_number",
          SERVERLESS + " WHERE query_id = %d ORDER BY file_name, line_number");

  private LoadErrors() {}

  /** Why the last COPY of the session failed; rolls its transaction back, for that has failed. */
  static Optional<LoadError> latest(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      log.debug("cannot ask for the reason of a failed COPY", e);
      return Optional.empty();
    }
    return LATEST.stream().flatMap(query -> ask(connection, query).stream()).findFirst();
  }

  /**
   * The rows that a COPY left out, one error each.
   *
   * @param beside a session in autocommit mode, not that of the COPY: one of the two views is
   *     missing in every warehouse, to ask for it would fail the load, and there is no SAVEPOINT
   */
  static List<LoadError> leftOut(Connection beside, long query) {
    return OF_A_QUERY.stream()
        .map(text -> ask(beside, text.formatted(query)))
        .filter(errors -> !errors.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<LoadError> ask(Connection connection, String query) {
    List<LoadError> errors = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        errors.add(
            new LoadError(
                stripped(rows.getString(1)),
                rows.getLong(2),
                stripped(rows.getString(3)),
                stripped(rows.getString(4)),
                stripped(rows.getString(5)),
                stripped(rows.getString(6))));
      }
      return errors;
    } catch (SQLException e) {
      log.debug("this warehouse does not answer: {}", query, e);
      return List.of();
    }
  }

  /** The views pad their texts. */
  private static String stripped(String text) {
    return text == null ? "" : text.strip();
  }
}
