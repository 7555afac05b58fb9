package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.login.LoginSource;
import io.sluice.loader.login.LoginSources;
import io.sluice.loader.plan.BatchId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Amazon Redshift by its own JDBC driver. */
public final class RedshiftWarehouse implements Warehouse {
  private static final String PER_TABLE = "set warehouse.ledger.per-table = true";

  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(30);

  private final WarehouseSettings settings;
  private final Connections connections;
  private final LedgerSchema schema;
  private final Function<TableName, TableSettings> targets;

  /** A warehouse whose login needs nothing from AWS that is not in its surroundings. */
  public RedshiftWarehouse(WarehouseSettings settings) {
    this(settings, TableSettings::of);
  }

  /** The same with settings of its tables, asked for whenever one is loaded. */
  public RedshiftWarehouse(WarehouseSettings settings, Function<TableName, TableSettings> targets) {
    this(settings, LoginSources.of(settings.login(), settings.url()), targets);
  }

  /** {@code targets} gives the settings of a table whenever it is loaded. */
  public RedshiftWarehouse(
      WarehouseSettings settings, LoginSource logins, Function<TableName, TableSettings> targets) {
    this.settings = settings;
    this.targets = targets;
    this.connections = new Connections(settings, logins);
    this.schema = settings.ledger();
  }

  @Override
  public LoadTransaction begin(TableName table, Collection<BatchId> batches) {
    return RedshiftLoadTransaction.begin(connections, targets.apply(table), settings, batches);
  }

  @Override
  public Ledger ledger() {
    return new RedshiftLedger(connections, schema);
  }

  @Override
  public LedgerHistory history() {
    return new RedshiftLedgerHistory(connections, schema);
  }

  @Override
  public Quarantine quarantine() {
    return new RedshiftQuarantine(connections, schema);
  }

  @Override
  public LedgerSums sums() {
    return new RedshiftLedgerSums(connections, schema);
  }

  @Override
  public LoadPreview preview() {
    return new RedshiftLoadPreview(connections, settings, targets);
  }

  @Override
  public TableCounts counts() {
    return new RedshiftTableCounts(connections, schema);
  }

  @Override
  public Pauses pauses() {
    return new RedshiftPauses(connections, schema);
  }

  @Override
  public List<Column> columns(TableName table) {
    try (Connection connection = connections.openNow()) {
      return TableColumns.of(connection, targets.apply(table));
    } catch (SQLException e) {
      throw SqlFailures.failed("look at the columns of " + table, e);
    }
  }

  @Override
  public List<String> problems(Collection<TableName> tables) {
    List<String> problems = new ArrayList<>();
    try (Connection connection = connections.openNow()) {
      limit(connection);
      String init = "run sluice-loader init with the same settings";
      for (String own : List.of(schema.sharedLedger(), schema.progress(), schema.paused())) {
        unreadable(connection, own).ifPresent(why -> problems.add(why + ": " + init));
      }
      for (TableName table : tables) {
        Optional<String> ownLedger = unreadable(connection, schema.ownLedger(table));
        if (schema.perTable() && ownLedger.isPresent()) {
          problems.add(ownLedger.get() + ": " + init);
        } else if (!schema.perTable() && ownLedger.isEmpty()) {
          problems.add(overlooked(table) + ": " + PER_TABLE);
        } else {
          unusableLock(connection, schema.lock(table))
              .ifPresent(why -> problems.add(why + ": " + init));
        }
        TableSettings target = targets.apply(table);
        new TargetTable(target)
            .missingLoadColumn(connection)
            .ifPresent(sql -> problems.add(withoutLoadColumn(target, sql)));
        if (target.layout().create()) {
          continue;
        }
        unreadable(connection, table.toString())
            .ifPresent(why -> problems.add(why + ": create the table, or take it out of tables"));
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("look at the tables", e);
    }
    return problems;
  }

  private String overlooked(TableName table) {
    return "%s has a ledger of its own, %s, that would be overlooked"
        .formatted(table, schema.ownLedger(table));
  }

  private static String withoutLoadColumn(TableSettings table, String sql) {
    return "%s has no column %s, the load-column of its settings: run %s; or let the loader do it: evolve = add-columns"
        .formatted(table.name(), table.loadColumn().orElseThrow(), sql);
  }

  @Override
  public List<String> initialisation(Collection<TableName> tables) {
    return schema.statements(tables);
  }

  @Override
  public void initialise(Collection<TableName> tables) {
    try (Connection connection = connections.openNow();
        Statement statement = connection.createStatement()) {
      requireNoOwnLedgers(connection, tables);
      for (String sql : initialisation(tables)) {
        statement.execute(sql);
      }
      for (String sql : LedgerUpgrade.statements(connection, ledgers(tables))) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("create the ledger", e);
    }
  }

  /** The lock that it would bring back lets loads begin that know only the shared ledger. */
  private void requireNoOwnLedgers(Connection connection, Collection<TableName> tables)
      throws SQLException {
    for (TableName table : tables) {
      if (!schema.perTable() && unreadable(connection, schema.ownLedger(table)).isEmpty()) {
        throw new WarehouseException(FailureKind.MISCONFIGURED, overlooked(table), PER_TABLE, null);
      }
    }
  }

  @Override
  public List<String> upgrades(Collection<TableName> tables) {
    try (Connection connection = connections.openNow()) {
      return LedgerUpgrade.statements(connection, ledgers(tables));
    } catch (SQLException e) {
      throw SqlFailures.failed("look at the ledger's columns", e);
    }
  }

  private Set<String> ledgers(Collection<TableName> tables) {
    Set<String> ledgers = new LinkedHashSet<>(Set.of(schema.sharedLedger()));
    ledgers.addAll(schema.ledgers(tables).keySet());
    return ledgers;
  }

  /** A table that somebody has locked must not keep the loader from starting. */
  private static void limit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout TO " + CHECK_TIMEOUT.toMillis());
    }
  }

  private static Optional<String> unreadable(Connection connection, String table)
      throws SQLException {
    return refusal(connection, table, "SELECT * FROM " + table + " WHERE 1 = 0");
  }

  /** By the catalog: a load in hand locks readers out, and another loader may be at one. */
  private static Optional<String> unusableLock(Connection connection, String lock)
      throws SQLException {
    String privilege = "SELECT has_table_privilege(" + Identifiers.literal(lock) + ", 'select')";
    return refusal(connection, lock, privilege);
  }

  /** A failure of the connection itself is thrown on, for it says nothing about the table. */
  private static Optional<String> refusal(Connection connection, String table, String question)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      boolean denied = answer.next() && !answer.getBoolean(1);
      return denied ? Optional.of("permission denied for relation " + table) : Optional.empty();
    } catch (SQLException e) {
      if (SqlFailures.failed("read " + table, e).kind() != FailureKind.MISCONFIGURED) {
        throw e;
      }
      return Optional.of(SqlFailures.describe(e));
    }
  }
}
