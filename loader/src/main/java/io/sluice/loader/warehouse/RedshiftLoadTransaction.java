package io.sluice.loader.warehouse;

import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LoadStatements.Query;
import io.sluice.loader.words.Durations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load's transaction on a session of its own, which it leaves to the next load if all went well.
 *
 * <p>LOCK is its first statement beside SET. Under snapshot isolation the snapshot is taken at the
 * first read, which neither is: so the ledger that is read behind the lock shows all that earlier
 * holders committed, and no statement of this transaction can meet theirs; and a pause holds for
 * every load that had to wait. The lock is also the barrier after a commit of unknown fate: it is
 * granted only when the lost session has ended.
 */
final class RedshiftLoadTransaction implements LoadTransaction {
  private static final Logger log = LoggerFactory.getLogger(RedshiftLoadTransaction.class);

  private final Connections connections;
  private final Session session;
  private final Connection connection;
  private final LoadStatements statements;
  private final TableSettings table;
  private final String iamRole;
  private final LedgerSchema schema;
  private final LedgerSql ledger;
  private final TargetTable target;
  private final Map<BatchId, String> loaded = new HashMap<>();
  private Staging staging;
  private boolean committed;

  private RedshiftLoadTransaction(
      Connections connections, TableSettings table, WarehouseSettings settings) {
    this.connections = connections;
    this.session = connections.lease();
    this.connection = session.connection();
    this.statements = new LoadStatements(connection, table.name());
    this.table = table;
    this.iamRole = settings.iamRole();
    this.schema = settings.ledger();
    this.ledger = new LedgerSql(schema);
    this.target = new TargetTable(table);
  }

  static RedshiftLoadTransaction begin(
      Connections connections,
      TableSettings table,
      WarehouseSettings settings,
      Collection<BatchId> batches) {
    RedshiftLoadTransaction transaction = new RedshiftLoadTransaction(connections, table, settings);
    try {
      transaction.lock(
          settings.lockTimeout(),
          table.statementTimeout().orElse(settings.statementTimeout()),
          batches);
      return transaction;
    } catch (WarehouseException | PausedException e) {
      transaction.close();
      throw e;
    }
  }

  /**
   * One round trip: limits and group go with the lock, for they are no reads and take no snapshot,
   * and behind them the questions whether the table is paused, and what is loaded.
   */
  private void lock(Duration longest, Duration limitBehind, Collection<BatchId> batches) {
    String lock = schema.lock(table.name());
    List<String> all = new ArrayList<>();
    all.add("SET statement_timeout TO " + longest.toMillis());
    all.add("LOCK TABLE " + lock);
    all.add("SET statement_timeout TO " + limitBehind.toMillis());
    table
        .queryGroup()
        .ifPresent(group -> all.add("SET query_group TO " + Identifiers.literal(group)));
    List<Query> questions = new ArrayList<>();
    questions.add(new Query(RedshiftPauses.select(schema, table.name()), this::requireNotPaused));
    questions.addAll(ledger.loaded(batches, loaded));
    try {
      connection.setAutoCommit(false);
      statements.together(all, questions);
    } catch (SQLException e) {
      if (!SqlFailures.TIMEOUT.equals(e.getSQLState())) {
        throw SqlFailures.failed(
            "lock %s and read what is paused and loaded of %s".formatted(lock, table.name()), e);
      }
      throw new WarehouseException(
          FailureKind.TRANSIENT,
          "another load of %s did not end within %s"
              .formatted(table.name(), Durations.words(longest)),
          "the loader tries again; if it stays so, look in svv_transactions for who holds " + lock,
          e);
    }
  }

  private void requireNotPaused(ResultSet rows) throws SQLException {
    Optional<Pause> pause = RedshiftPauses.first(table.name(), rows);
    if (pause.isPresent()) {
      throw new PausedException(pause.get());
    }
  }

  @Override
  public Map<BatchId, String> loaded() {
    return Map.copyOf(loaded);
  }

  @Override
  public long copy(CopyRequest request) {
    statements.requireNotCancelled();
    String attempt = "copy " + request.manifestUri() + " into " + table.name();
    try {
      bringToColumns(request);
      String copy = CopyStatement.of(into(request), request, table.copy(), iamRole);
      return statements.number(List.of(copy), "SELECT pg_last_copy_count()");
    } catch (SQLException e) {
      throw new CopyFailures(connection, target)
          .explained(SqlFailures.failed(attempt, e), e, request);
    }
  }

  @Override
  public List<LoadError> leftOut() {
    if (table.copy().maxError() == 0) {
      return List.of();
    }
    try (Connection beside = connections.open()) {
      return LoadErrors.leftOut(beside, statements.number(List.of(), "SELECT pg_last_copy_id()"));
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("ask which rows COPY left out of " + table.name(), e);
    }
  }

  @Override
  public void merge(String loadId) {
    if (staging == null) {
      return;
    }
    statements.requireNotCancelled();
    try {
      Optional<String> countUnusable = staging.countUnusable();
      long unusable =
          countUnusable.isEmpty() ? 0 : statements.number(List.of(), countUnusable.get());
      if (unusable > 0) {
        throw new WarehouseException(
            FailureKind.BAD_DATA,
            "%d rows for %s have no key or no order, so that they can replace nothing"
                .formatted(unusable, table.name()),
            "let the writer require these columns",
            null);
      }
      for (String sql : staging.merge(loadId)) {
        statements.execute(sql);
      }
    } catch (SQLException e) {
      throw SqlFailures.failed("merge a load into " + table.name(), e);
    }
  }

  @Override
  public void undo(Collection<String> loadIds, MissingRows missing) {
    statements.requireNotCancelled();
    try {
      new Undo(connection, table, schema).run(loadIds, missing);
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("take out of " + table.name() + " what was loaded", e);
    }
  }

  @Override
  public void record(List<LedgerRow> rows) {
    statements.requireNotCancelled();
    try {
      ledger.insert(connection, rows);
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("enter a load of " + table.name() + " in the ledger", e);
    }
  }

  @Override
  public boolean change(QuarantineEntry before, QuarantineEntry after) {
    statements.requireNotCancelled();
    try {
      return RedshiftQuarantine.change(connection, schema, before, after);
    } catch (SQLException e) {
      throw SqlFailures.failedBesideCopy("change the quarantine of " + table.name(), e);
    }
  }

  @Override
  public void commit() {
    statements.requireNotCancelled();
    try {
      connection.commit();
      committed = true;
    } catch (SQLException e) {
      throw SqlFailures.failedToCommit(e);
    }
  }

  @Override
  public void cancel() {
    statements.cancel();
  }

  @Override
  public void close() {
    boolean left = false;
    try {
      if (committed && !statements.isCancelled() && leavesNothingBehind()) {
        statements.close();
        connection.setAutoCommit(true);
        connections.giveBack(session);
        left = true;
      } else if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The server rolls back what its client left behind.
      log.debug("cannot end the session of a load of {} in good order", table.name(), e);
    }
    if (!left) {
      KeptSessions.close(connection);
    }
  }

  /** Whether the session knows no temporary table, no group of its own and no error of a COPY. */
  private boolean leavesNothingBehind() {
    return staging == null && table.queryGroup().isEmpty() && table.copy().maxError() == 0;
  }

  private void bringToColumns(CopyRequest request) throws SQLException {
    TableSettings.Layout layout = table.layout();
    if (request.columns().isEmpty() || !(layout.create() || layout.addColumns())) {
      return;
    }
    for (String sql : target.missing(connection, request.columns())) {
      boolean allowed = sql.startsWith("CREATE") ? layout.create() : layout.addColumns();
      if (allowed) {
        statements.execute(sql);
        log.info("{}", sql);
      }
    }
  }

  /** The table that COPY is told. */
  private String into(CopyRequest request) throws SQLException {
    if (table.upsert().isEmpty() && table.loadColumn().isEmpty()) {
      return table.name().toString();
    }
    try {
      staging = staging(request);
    } catch (IllegalArgumentException e) {
      throw new WarehouseException(
          FailureKind.MISCONFIGURED,
          e.getMessage(),
          "correct upsert or load-column in the table's settings",
          e);
    }
    for (String sql : staging.prepare()) {
      statements.execute(sql);
    }
    return Staging.STAGED;
  }

  private Staging staging(CopyRequest request) throws SQLException {
    if (table.upsert().isPresent()) {
      return new UpsertStatements(
          table.name(), table.upsert().get(), request.columns(), schema.deletions(table.name()));
    }
    String loadColumn = table.loadColumn().orElseThrow();
    return new LoadColumnStatements(
        table.name(), loadColumn, target.copied(connection, request.columns()));
  }
}
