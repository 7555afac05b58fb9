package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.LoginSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Looks at Redshift, each time on a new connection. */
public final class RedshiftInspection implements Inspection {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String SCRATCH = "sluice_inspected";

  private final WarehouseSettings settings;
  private final Connections connections;
  private final Function<TableName, TableSettings> targets;

  /** {@code targets} gives the settings of a table. */
  public RedshiftInspection(
      WarehouseSettings settings, LoginSource logins, Function<TableName, TableSettings> targets) {
    this.settings = settings;
    this.connections = new Connections(settings, logins);
    this.targets = targets;
  }

  @Override
  public Instant now() {
    String sql = "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";
    return asking(
        "ask for the warehouse's clock",
        statement -> {
          try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return Instant.ofEpochMilli(rows.getLong(1));
          }
        });
  }

  @Override
  public List<String> incompleteLedgers(Collection<TableName> tables) {
    Set<String> ledgers = new LinkedHashSet<>();
    tables.forEach(table -> ledgers.addAll(settings.ledger().ledgers(table)));
    List<String> problems = new ArrayList<>();
    for (String ledger : ledgers) {
      String sql =
          "SELECT %s FROM %s WHERE 1 = 0".formatted(String.join(", ", LedgerSql.COLUMNS), ledger);
      asking(
          "look at " + ledger,
          statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
              return rows.next();
            } catch (SQLException e) {
              if (SqlFailures.failed("read " + ledger, e).kind() != FailureKind.MISCONFIGURED) {
                throw e;
              }
              return problems.add(ledger + ": " + SqlFailures.describe(e));
            }
          });
    }
    return problems;
  }

  @Override
  public List<String> missingPrivileges(TableName table) {
    List<String> missing = new ArrayList<>();
    asking(
        "ask for the privileges on " + table,
        statement -> {
          for (String privilege : List.of("select", "insert")) {
            if (!isGranted(statement, table.toString(), privilege)) {
              missing.add(privilege.toUpperCase(Locale.ROOT) + " on " + table);
            }
          }
          String ledger = settings.ledger().ledger(table);
          for (String privilege : List.of("insert", "update")) {
            if (!isGranted(statement, ledger, privilege)) {
              missing.add(privilege.toUpperCase(Locale.ROOT) + " on " + ledger);
            }
          }
          return missing;
        });
    return missing;
  }

  @Override
  public List<String> missing(TableName table, Collection<Column> columns) {
    return asking(
        "look at the columns of " + table,
        statement ->
            new TargetTable(targets.apply(table)).missing(statement.getConnection(), columns));
  }

  @Override
  public void tryCopy(TableName table, CopyRequest request) {
    String attempt = "try COPY of " + request.manifestUri();
    asking(attempt, statement -> tryCopy(attempt, statement, targets.apply(table), request));
  }

  /** In a transaction that is rolled back with its session. */
  private boolean tryCopy(
      String attempt, Statement statement, TableSettings table, CopyRequest request)
      throws SQLException {
    Connection connection = statement.getConnection();
    connection.setAutoCommit(false);
    String into = table.name().toString();
    if (!request.columns().isEmpty()) {
      into = SCRATCH;
      statement.execute(
          "CREATE TEMP TABLE %s (%s)"
              .formatted(SCRATCH, Identifiers.definitions(request.columns())));
    }
    try {
      return statement.execute(
          CopyStatement.of(into, request, table.copy(), settings.iamRole()) + "\nNOLOAD");
    } catch (SQLException e) {
      throw new CopyFailures(connection, new TargetTable(table))
          .explained(SqlFailures.failed(attempt, e), e, request);
    }
  }

  private static boolean isGranted(Statement statement, String table, String privilege)
      throws SQLException {
    String sql =
        "SELECT has_table_privilege(%s, %s)"
            .formatted(Identifiers.literal(table), Identifiers.literal(privilege));
    try (ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** For a person who waits, so that no statement takes long. */
  private <T> T asking(String attempt, Question<T> question) {
    try (Connection connection = connections.openNow();
        Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout TO " + TIMEOUT.toMillis());
      return question.ask(statement);
    } catch (SQLException e) {
      throw SqlFailures.failed(attempt, e);
    }
  }

  private interface Question<T> {
    T ask(Statement statement) throws SQLException;
  }
}
