package io.sluice.loader.warehouse;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counts in Redshift, each on a new connection. */
final class RedshiftTableCounts implements TableCounts {
  private static final Logger log = LoggerFactory.getLogger(RedshiftTableCounts.class);

  private static final Pattern COPY_MANIFEST = Pattern.compile("/_copy/([^/]+)\\.manifest\\s*$");

  /** Whose clock the view tells the time by depends on the session: filtered roughly. */
  private static final Duration TIME_ZONES = Duration.ofDays(1);

  private final Connections connections;
  private final LedgerSchema schema;

  RedshiftTableCounts(Connections connections, LedgerSchema schema) {
    this.connections = connections;
    this.schema = schema;
  }

  @Override
  public Count whole(TableName table) {
    String promised = "SELECT SUM(row_count) AS promised, CAST(0 AS BIGINT) AS there";
    String sql =
        "SELECT SUM(promised), SUM(there) FROM (%s UNION ALL SELECT CAST(0 AS BIGINT), COUNT(*) FROM %s) AS counts"
            .formatted(inLedgers(table, promised, ""), table);
    return ask(table, sql, row -> new Count(Optional.empty(), row.getLong(1), row.getLong(2)))
        .get(0);
  }

  @Override
  public List<Count> differing(TableName table, String loadColumn, int most) {
    String promised =
        "SELECT load_id AS load_name, SUM(row_count) AS promised, CAST(0 AS BIGINT) AS there";
    String column = Identifiers.quoted(loadColumn);
    String sql =
        "SELECT load_name, SUM(promised), SUM(there) FROM ("
            + inLedgers(table, promised, " GROUP BY load_id")
            + " UNION ALL SELECT %s, CAST(0 AS BIGINT), COUNT(*) FROM %s GROUP BY %s"
                .formatted(column, table, column)
            + ") AS counts GROUP BY load_name HAVING SUM(promised) <> SUM(there)"
            + " ORDER BY load_name LIMIT "
            + most;
    return ask(
        table,
        sql,
        row -> new Count(Optional.ofNullable(row.getString(1)), row.getLong(2), row.getLong(3)));
  }

  @Override
  public Optional<Map<String, Copied>> copies(Instant from, Instant to) {
    String sql =
        "SELECT data_source, loaded_rows, duration FROM sys_load_history"
            + " WHERE status = 'completed' AND start_time >= CAST(? AS TIMESTAMP)"
            + " AND start_time < CAST(? AS TIMESTAMP)";
    Map<String, Copied> copies = new HashMap<>();
    try (Connection connection = connections.openNow();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, local(from.minus(TIME_ZONES)));
      statement.setString(2, local(to.plus(TIME_ZONES)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Matcher manifest = COPY_MANIFEST.matcher(rows.getString(1));
          if (manifest.find()) {
            Duration time = Duration.of(rows.getLong(3), ChronoUnit.MICROS);
            copies.put(manifest.group(1), new Copied(rows.getLong(2), time));
          }
        }
      }
      return Optional.of(copies);
    } catch (SQLException e) {
      WarehouseException failure = SqlFailures.failed("read sys_load_history", e);
      if (failure.kind() == FailureKind.MISCONFIGURED) {
        log.debug("this warehouse does not tell its COPYs", e);
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The sums of a table's loads in all ledgers that may have them. */
  private String inLedgers(TableName table, String select, String rest) {
    return schema.ledgers(table).stream()
        .map(
            ledger ->
                "%s FROM %s WHERE table_name = ? AND state IN (%s)%s"
                    .formatted(select, ledger, State.list(State::isLoaded), rest))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private List<Count> ask(TableName table, String sql, RowReader reader) {
    List<Count> counts = new ArrayList<>();
    try (Connection connection = connections.openNow();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= schema.ledgers(table).size(); i++) {
        statement.setString(i, table.toString());
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counts.add(reader.read(rows));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw SqlFailures.failed("count the rows of " + table, e);
    }
  }

  private static String local(Instant moment) {
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC).toString();
  }

  private interface RowReader {
    Count read(ResultSet row) throws SQLException;
  }
}
