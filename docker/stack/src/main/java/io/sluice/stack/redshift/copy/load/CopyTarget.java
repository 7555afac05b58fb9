package io.sluice.stack.redshift.copy.load;

import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.grammar.CopyOptions.Flag;
import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.wire.ServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table that a COPY fills and the session that runs it, as the database tells them under the
 * table's lock.
 *
 * @param statementTimeoutMillis 0 for none
 */
public record CopyTarget(
    long queryId,
    long transactionId,
    int sessionPid,
    int userId,
    long statementTimeoutMillis,
    long tableId,
    String tableName,
    List<TargetColumn> columns) {

  /** The query whose rows {@link #read} takes; its parameter is the quoted name of the table. */
  public static final String LOOK_UP = "select * from redshift.copy_target($1)";

  public CopyTarget {
    columns = List.copyOf(columns);
  }

  /** Reads the rows of {@link #LOOK_UP}, one a column; no row means no such table. */
  public static CopyTarget read(List<List<String>> rows, CopyStatement statement)
      throws CopyFailure {
    if (rows.isEmpty()) {
      throw new CopyFailure(
          ServerError.error(
              "42P01", "Cannot COPY into nonexistent table " + statement.displayTable()));
    }
    List<String> first = rows.get(0);
    List<TargetColumn> columns = new ArrayList<>();
    for (List<String> row : rows) {
      columns.add(
          new TargetColumn(
              row.get(7),
              ColumnType.parse(row.get(8)),
              row.get(9).equals("t"),
              row.get(10).equals("t"),
              row.get(11).equals("t")));
    }
    return new CopyTarget(
        Long.parseLong(first.get(0)),
        Long.parseLong(first.get(1)),
        Integer.parseInt(first.get(2)),
        Integer.parseInt(first.get(3)),
        Long.parseLong(first.get(4)),
        Long.parseLong(first.get(5)),
        first.get(6),
        columns);
  }

  /**
   * The columns that the rows of the files fill, in order. IDENTITY columns are left out unless
   * EXPLICIT_IDS.
   */
  public List<TargetColumn> filledBy(CopyStatement statement) throws CopyFailure {
    boolean explicitIds = statement.options().has(Flag.EXPLICIT_IDS);
    List<TargetColumn> filled = new ArrayList<>();
    if (statement.columns().isEmpty()) {
      columns.stream().filter(c -> explicitIds || !c.identity()).forEach(filled::add);
    } else {
      named(statement, explicitIds, filled);
      checkIdentity(explicitIds, filled);
    }
    for (TargetColumn column : filled) {
      if (column.type().kind() == ColumnType.Kind.OTHER) {
        throw new CopyFailure(
            ServerError.error(
                "0A000",
                "COPY into the type of column " + column.name() + " is not in the stand-in"));
      }
    }
    return filled;
  }

  /** EXPLICIT_IDS with a column list needs the IDENTITY column in it ("Column mapping options"). */
  private void checkIdentity(boolean explicitIds, List<TargetColumn> filled) throws CopyFailure {
    for (TargetColumn column : columns) {
      if (explicitIds && column.identity() && !filled.contains(column)) {
        throw new CopyFailure(
            ServerError.error(
                "42601",
                "EXPLICIT_IDS needs the identity column " + column.name() + " in the column list"));
      }
    }
  }

  private void named(CopyStatement statement, boolean explicitIds, List<TargetColumn> filled)
      throws CopyFailure {
    Map<String, TargetColumn> byName =
        columns.stream().collect(Collectors.toMap(TargetColumn::name, Function.identity()));
    for (String name : statement.columns()) {
      TargetColumn column = byName.get(name);
      if (column == null) {
        throw new CopyFailure(
            ServerError.error(
                "42703",
                "column \"%s\" of relation \"%s\" does not exist".formatted(name, tableName)));
      }
      if (column.identity() && !column.overridable() && !explicitIds) {
        throw new CopyFailure(
            ServerError.error(
                "42601", "Invalid column list: identity column " + name + " needs EXPLICIT_IDS"));
      }
      if (filled.contains(column)) {
        throw new CopyFailure(
            ServerError.error("42701", "column \"%s\" specified more than once".formatted(name)));
      }
      filled.add(column);
    }
  }
}
