package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.LoadStatements.Query;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger's statements, on a connection that the caller owns. */
final class LedgerSql {
  /** Keeps a statement far below the protocol's 32,767 parameters and Redshift's 16 MB. */
  private static final int ROWS_A_STATEMENT = 500;

  /** In the order of {@link #ROW}. */
  static final List<String> COLUMNS = LedgerColumn.names();

  private static final String ROW =
      "(?, ?, ?, ?, ?, ?, ?, CAST(? AS TIMESTAMPTZ), CAST(? AS TIMESTAMPTZ),"
          + " CAST(? AS TIMESTAMPTZ), CAST(? AS TIMESTAMPTZ), ?, ?, ?, ?, CAST(? AS BIGINT), ?, ?)";

  private static final int LONGEST_REASON = 2000;
  private static final int LONGEST_LOADER = 255;
  private static final int LONGEST_COLUMN = 127;
  private static final int LONGEST_VALUE = 4100;

  private final LedgerSchema schema;

  LedgerSql(LedgerSchema schema) {
    this.schema = schema;
  }

  /** Of those batches that are loaded, the load that did it. */
  Map<BatchId, String> loaded(Connection connection, Collection<BatchId> ids) throws SQLException {
    Map<BatchId, String> loaded = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      for (Query query : loaded(ids, loaded)) {
        try (ResultSet rows = statement.executeQuery(query.sql())) {
          query.reader().read(rows);
        }
      }
    }
    return loaded;
  }

  /** The queries that put those of the batches that are loaded into a map, with their loads. */
  List<Query> loaded(Collection<BatchId> ids, Map<BatchId, String> loaded) {
    Map<Place, List<BatchId>> places =
        ids.stream().collect(Collectors.groupingBy(id -> new Place(id.folder(), id.table())));
    List<Query> queries = new ArrayList<>();
    for (Map.Entry<Place, List<BatchId>> place : places.entrySet()) {
      List<BatchId> all = place.getValue();
      for (int from = 0; from < all.size(); from += ROWS_A_STATEMENT) {
        List<BatchId> part = all.subList(from, Math.min(all.size(), from + ROWS_A_STATEMENT));
        for (String ledger : schema.ledgers(place.getKey().table())) {
          queries.add(
              new Query(
                  selectLoaded(ledger, place.getKey(), part),
                  rows -> readLoaded(place.getKey(), rows, loaded)));
        }
      }
    }
    return queries;
  }

  /** Enters rows of one table. */
  void insert(Connection connection, List<LedgerRow> rows) throws SQLException {
    for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
      List<LedgerRow> part = rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT));
      insertOnce(connection, part);
    }
  }

  Map<TableName, Long> progress(Connection connection, BatchFolder folder) throws SQLException {
    String sql =
        "SELECT table_name, MAX(manifest_number) FROM "
            + schema.progress()
            + " WHERE batch_folder = ? GROUP BY table_name";
    Map<TableName, Long> progress = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, folder.toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          progress.put(TableName.parse(rows.getString(1)), rows.getLong(2));
        }
      }
    }
    return progress;
  }

  /** A higher number beside a lower one is harmless, for the highest counts. */
  void saveProgress(Connection connection, BatchFolder folder, TableName table, long number)
      throws SQLException {
    String place = " WHERE batch_folder = ? AND table_name = ? AND manifest_number <= ?";
    try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM " + schema.progress() + place);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO "
                    + schema.progress()
                    + " (batch_folder, table_name, manifest_number) VALUES (?, ?, ?)")) {
      for (PreparedStatement statement : List.of(delete, insert)) {
        statement.setString(1, folder.toString());
        statement.setString(2, table.toString());
        statement.setLong(3, number);
        statement.executeUpdate();
      }
    }
  }

  private static String selectLoaded(String ledger, Place place, List<BatchId> ids) {
    return "SELECT manifest_number, load_id FROM %s WHERE state = %s AND table_name = %s AND batch_folder = %s AND manifest_number IN (%s)"
        .formatted(
            ledger,
            Identifiers.literal(State.LOADED.text()),
            Identifiers.literal(place.table().toString()),
            Identifiers.literal(place.folder().toString()),
            ids.stream().map(id -> Long.toString(id.manifest())).collect(Collectors.joining(", ")));
  }

  private static void readLoaded(Place place, ResultSet rows, Map<BatchId, String> loaded)
      throws SQLException {
    while (rows.next()) {
      loaded.put(new BatchId(place.folder(), rows.getLong(1), place.table()), rows.getString(2));
    }
  }

  /** One INSERT of many rows: in Redshift each INSERT costs about as much as a small COPY. */
  private void insertOnce(Connection connection, List<LedgerRow> rows) throws SQLException {
    String sql =
        "INSERT INTO "
            + schema.ledger(rows.get(0).batch().table())
            + " ("
            + String.join(", ", COLUMNS)
            + ") VALUES "
            + rows.stream().map(row -> ROW).collect(Collectors.joining(", "));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      for (LedgerRow row : rows) {
        statement.setString(next++, row.batch().folder().toString());
        statement.setLong(next++, row.batch().manifest());
        statement.setString(next++, row.batch().table().toString());
        statement.setString(next++, row.loadId());
        statement.setLong(next++, row.rows());
        statement.setLong(next++, row.bytes());
        statement.setInt(next++, row.files());
        statement.setString(next++, row.batchTime().toString());
        statement.setString(next++, row.arrivalMin().toString());
        statement.setString(next++, row.arrivalMax().toString());
        statement.setString(next++, row.loadedAt().toString());
        statement.setString(next++, row.loaderId());
        next = bindFile(statement, next, row.quarantined());
      }
      statement.executeUpdate();
    }
  }

  private static int bindFile(PreparedStatement statement, int first, Optional<BadFile> file)
      throws SQLException {
    Optional<LoadError> error = file.map(BadFile::error);
    int next = first;
    statement.setString(next++, state(file));
    statement.setString(next++, file.map(BadFile::key).orElse(null));
    statement.setString(next++, cut(error.map(LoadError::reason), LONGEST_REASON));
    // As text and cast, for of a lone NULL the server could not tell the type.
    statement.setString(next++, error.map(e -> Long.toString(e.line())).orElse(null));
    statement.setString(next++, cut(error.map(LoadError::column), LONGEST_COLUMN));
    statement.setString(next++, cut(error.map(LoadError::value), LONGEST_VALUE));
    return next;
  }

  private static String state(Optional<BadFile> file) {
    return file.map(
            bad ->
                switch (bad.extent()) {
                  case FILE -> State.QUARANTINED;
                  case GIVEN_UP -> State.DISCARDED;
                  case ROWS -> State.LEFT_OUT;
                })
        .orElse(State.LOADED)
        .text();
  }

  /** A reason, as long as the ledger takes it. */
  static String cutReason(String reason) {
    return cut(Optional.of(reason), LONGEST_REASON);
  }

  /** Who loaded, as long as the ledger takes it. */
  static String cutLoader(String loader) {
    return cut(Optional.of(loader), LONGEST_LOADER);
  }

  /** A text of at most so many bytes, for VARCHAR counts them. */
  private static String cut(Optional<String> text, int bytes) {
    return text.map(whole -> fitting(whole.replace("\0", ""), bytes)).orElse(null);
  }

  private static String fitting(String text, int bytes) {
    int end = text.length();
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes) {
      int last = text.codePointBefore(end);
      end -= Character.charCount(last);
    }
    return text.substring(0, end);
  }

  private record Place(BatchFolder folder, TableName table) {}
}
