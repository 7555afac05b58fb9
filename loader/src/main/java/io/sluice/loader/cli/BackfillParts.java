package io.sluice.loader.cli;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.daemon.CommandParts;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.load.Loader;
import io.sluice.loader.operate.backfill.Backfill;
import io.sluice.loader.operate.backfill.BackfillListener;
import io.sluice.loader.operate.backfill.BackfillTarget;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.Warehouse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a backfill is made of: the daemon's own parts without its queue and its health. */
final class BackfillParts {
  private final LoaderConfig settings;
  private final BatchFolders folders;
  private final List<TableName> sources;
  private final Optional<TableName> into;
  private final Warehouse warehouse;

  /** {@code into} takes the batches of the one source. */
  BackfillParts(
      LoaderConfig settings,
      BatchFolders folders,
      List<TableName> sources,
      Optional<TableName> into) {
    this.settings = settings;
    this.folders = folders;
    this.sources = List.copyOf(sources);
    this.into = into;
    this.warehouse = new CommandParts(settings).warehouse(this::target);
  }

  BatchFolders folders() {
    return folders;
  }

  Warehouse warehouse() {
    return warehouse;
  }

  /** Those that manifests name. */
  List<TableName> sources() {
    return sources;
  }

  /** Those that are loaded. */
  List<TableName> tables() {
    return sources.stream().map(this::table).toList();
  }

  /** Makes the lock of another table, which {@code init} knows nothing of. */
  void makeLock() {
    into.ifPresent(table -> warehouse.initialise(List.of(table)));
  }

  Backfill backfill(Backfill.Options options, BackfillListener listener, boolean ignoreWindows) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    LoadIds ids = new LoadIds(clock, random);
    List<BackfillTarget> targets = new ArrayList<>();
    for (TableName source : sources) {
      TableName table = table(source);
      int maxBadFiles = target(table).maxBadFiles();
      targets.add(
          new BackfillTarget(
              source,
              table,
              settings.tables().get(source),
              ignoreWindows ? List.of() : windows(source),
              new Loader(warehouse, folders, ids, ProcessName.get(), clock, maxBadFiles)));
    }
    return new Backfill(folders, warehouse.history(), targets, options, listener, clock, random);
  }

  private TableName table(TableName source) {
    return into.orElse(source);
  }

  private TableSettings target(TableName table) {
    TableName source = into.isPresent() ? sources.get(0) : table;
    return settings.target(source).named(table);
  }

  private List<MaintenanceWindow> windows(TableName source) {
    List<MaintenanceWindow> windows = new ArrayList<>(settings.windows().all());
    windows.addAll(settings.windows().of(source));
    return windows;
  }
}
