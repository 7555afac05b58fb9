package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The same statements as those of {@link RedshiftLoadTransaction}, as text. */
final class RedshiftLoadPreview implements LoadPreview {
  private final Connections connections;
  private final WarehouseSettings settings;
  private final Function<TableName, TableSettings> targets;

  RedshiftLoadPreview(
      Connections connections,
      WarehouseSettings settings,
      Function<TableName, TableSettings> targets) {
    this.connections = connections;
    this.settings = settings;
    this.targets = targets;
  }

  @Override
  public List<String> drift(TableName table, Collection<Column> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    try (Connection connection = connections.openNow()) {
      return new TargetTable(targets.apply(table)).missing(connection, columns);
    } catch (SQLException e) {
      throw SqlFailures.failed("look at the columns of " + table, e);
    }
  }

  @Override
  public List<String> allowed(TableName table, Collection<String> drift) {
    TableSettings.Layout layout = targets.apply(table).layout();
    return drift.stream()
        .filter(sql -> sql.startsWith("CREATE") ? layout.create() : layout.addColumns())
        .toList();
  }

  @Override
  public List<String> statements(TableName table, CopyRequest request) {
    TableSettings target = targets.apply(table);
    if (target.upsert().isEmpty() && target.loadColumn().isEmpty()) {
      return List.of(copy(table.toString(), request, target));
    }
    Staging staging = staging(target, request);
    List<String> statements = new ArrayList<>(staging.prepare());
    statements.add(copy(Staging.STAGED, request, target));
    statements.addAll(staging.merge(loadId(request)));
    return statements;
  }

  private Staging staging(TableSettings target, CopyRequest request) {
    if (target.upsert().isPresent()) {
      return upsert(target.name(), target.upsert().get(), request);
    }
    try (Connection connection = connections.openNow()) {
      return new LoadColumnStatements(
          target.name(),
          target.loadColumn().orElseThrow(),
          new TargetTable(target).copied(connection, request.columns()));
    } catch (SQLException e) {
      throw SqlFailures.failed("look at the columns of " + target.name(), e);
    }
  }

  /** The manifest is called as its load. */
  private static String loadId(CopyRequest request) {
    String uri = request.manifestUri();
    return uri.substring(uri.lastIndexOf('/') + 1).replaceFirst("\\.manifest$", "");
  }

  private UpsertStatements upsert(TableName table, Upsert upsert, CopyRequest request) {
    try {
      return new UpsertStatements(
          table, upsert, request.columns(), settings.ledger().deletions(table));
    } catch (IllegalArgumentException e) {
      throw new WarehouseException(
          FailureKind.MISCONFIGURED, e.getMessage(), "correct upsert in the table's settings", e);
    }
  }

  private String copy(String into, CopyRequest request, TableSettings target) {
    return CopyStatement.of(into, request, target.copy(), settings.iamRole());
  }
}
