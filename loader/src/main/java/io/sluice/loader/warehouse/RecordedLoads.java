package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerEntry.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads whole loads back from the ledger, on a connection that the caller owns. */
final class RecordedLoads {
  /** Keeps a statement far below the protocol's 32,767 parameters. */
  private static final int LOADS_A_STATEMENT = 500;

  private static final String COLUMNS =
      "SELECT load_id, loaded_at, batch_folder, manifest_number, state, row_count, file_key, file_count,"
          + " reason FROM ";

  private final Connection connection;
  private final LedgerSchema schema;

  RecordedLoads(Connection connection, LedgerSchema schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Those of these loads that the ledger has for this table. */
  List<RecordedLoad> of(TableName table, Collection<String> loadIds) throws SQLException {
    List<String> ids = List.copyOf(loadIds);
    List<RecordedLoad> loads = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += LOADS_A_STATEMENT) {
      loads.addAll(read(table, ids.subList(from, Math.min(ids.size(), from + LOADS_A_STATEMENT))));
    }
    return loads;
  }

  private List<RecordedLoad> read(TableName table, List<String> ids) throws SQLException {
    List<String> ledgers = schema.ledgers(table);
    String where =
        " WHERE table_name = ? AND load_id IN ("
            + String.join(", ", Collections.nCopies(ids.size(), "?"))
            + ")";
    String sql =
        ledgers.stream()
                .map(ledger -> COLUMNS + ledger + where)
                .collect(Collectors.joining(" UNION ALL "))
            + " ORDER BY 1, 3, 4, 7";
    Map<String, Reading> loads = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int next = 1;
      for (int ledger = 0; ledger < ledgers.size(); ledger++) {
        statement.setString(next++, table.toString());
        for (String id : ids) {
          statement.setString(next++, id);
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          loads.computeIfAbsent(rows.getString(1), id -> new Reading()).add(table, rows);
        }
      }
    }
    return loads.entrySet().stream().map(load -> load.getValue().load(load.getKey())).toList();
  }

  private static final class Reading {
    private final Set<BatchId> batches = new LinkedHashSet<>();
    private final Set<String> quarantined = new LinkedHashSet<>();
    private final Map<String, String> givenUp = new LinkedHashMap<>();
    private final Map<String, Long> leftOut = new HashMap<>();
    private final Set<String> replaced = new LinkedHashSet<>();
    private Instant committedAt = Instant.MIN;
    private long loaded;

    private void add(TableName table, ResultSet rows) throws SQLException {
      Instant at = rows.getTimestamp(2).toInstant();
      committedAt = at.isAfter(committedAt) ? at : committedAt;
      BatchFolder folder = BatchFolder.parse(rows.getString(3));
      batches.add(new BatchId(folder, rows.getLong(4), table));
      State state = State.of(rows.getString(5));
      if (state.isLoaded()) {
        loaded += rows.getLong(6);
        if (state == State.REPLACED) {
          replaced.add(folder.uri(rows.getString(7)));
        }
      } else {
        addAside(state, folder.uri(rows.getString(7)), rows);
      }
    }

    /** A file of which only rows are set aside is in the table, and in the row of its batch. */
    private void addAside(State state, String uri, ResultSet rows) throws SQLException {
      if (rows.getInt(8) == 0) {
        leftOut.merge(uri, rows.getLong(6), Long::sum);
      } else if (state == State.DISCARDED) {
        givenUp.put(uri, rows.getString(9));
      } else {
        quarantined.add(uri);
      }
    }

    private RecordedLoad load(String id) {
      return new RecordedLoad(
          id,
          committedAt,
          loaded,
          batches,
          new AsideFiles(quarantined, givenUp, leftOut, replaced));
    }
  }
}
