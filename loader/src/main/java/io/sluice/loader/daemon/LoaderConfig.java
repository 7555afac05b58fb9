package io.sluice.loader.daemon;

import static java.util.Objects.requireNonNull;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Settings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.HealthSettings;
import io.sluice.loader.health.TableGoals;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.operate.reconcile.Countable;
import io.sluice.loader.operate.report.Prices;
import io.sluice.loader.operate.report.TableRules;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.MaintenanceWindow;
import io.sluice.loader.warehouse.TableSettings;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All settings of the loader: the section {@code loader} of a file.
 *
 * @param folders the batch folders that may be loaded from
 * @param tables the tables that are loaded, each with its policy
 * @param targets how each of them is loaded
 * @param catchUpInterval how often the manifest log is compared with the ledger
 * @param maxConcurrency how many tables are loaded at the same time
 * @param shutdownGrace how long a stop waits for the loads in hand
 * @param windows when no load begins
 * @param pauseCheckInterval how often it is looked whether a paused table is resumed
 * @param health how the loader is watched
 * @param prices what things cost, for a command; the daemon does not need it
 */
public record LoaderConfig(
    QueueSettings queue,
    Set<BatchFolder> folders,
    AwsSettings aws,
    WarehouseSettings warehouse,
    Map<TableName, LoadPolicy> tables,
    Map<TableName, TableSettings> targets,
    Duration catchUpInterval,
    int maxConcurrency,
    Duration shutdownGrace,
    Windows windows,
    Duration pauseCheckInterval,
    HealthSettings health,
    Prices prices) {
  /** The section's name in the file. */
  public static final String SECTION = "loader";

  public LoaderConfig {
    requireNonNull(queue, "queue");
    requireNonNull(aws, "aws");
    requireNonNull(warehouse, "warehouse");
    requireNonNull(catchUpInterval, "catchUpInterval");
    requireNonNull(shutdownGrace, "shutdownGrace");
    requireNonNull(windows, "windows");
    requireNonNull(pauseCheckInterval, "pauseCheckInterval");
    requireNonNull(health, "health");
    requireNonNull(prices, "prices");
    folders = Collections.unmodifiableSet(new java.util.LinkedHashSet<>(folders));
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    targets = Map.copyOf(targets);
  }

  /** Reads a file; throws {@link io.sluice.common.config.ConfigException} with all its problems. */
  public static LoaderConfig read(Path file) {
    return ConfigFile.read(file, SECTION, LoaderConfig::read);
  }

  /** What commands need to know of when these tables are loaded, in the same order. */
  public Map<TableName, TableRules> rules(Collection<TableName> names) {
    Map<TableName, TableRules> rules = new LinkedHashMap<>();
    for (TableName name : names) {
      List<MaintenanceWindow> own = new ArrayList<>(windows.all());
      own.addAll(windows.of(name));
      TableGoals goals = health.goals().getOrDefault(name, TableGoals.NONE);
      rules.put(name, new TableRules(tables.get(name), own, goals.freshness()));
    }
    return rules;
  }

  /** How the rows of these tables can be counted, in the same order. */
  public Map<TableName, Countable> countable(Collection<TableName> names) {
    Map<TableName, Countable> countable = new LinkedHashMap<>();
    for (TableName name : names) {
      TableSettings target = targets.get(name);
      countable.put(name, new Countable(target.upsert().isEmpty(), target.loadColumn()));
    }
    return countable;
  }

  /** How a table is loaded, one that the settings do not name as by default. */
  public TableSettings target(TableName table) {
    return targets.getOrDefault(table, TableSettings.of(table));
  }

  /** All that one table is loaded by, to be compared. */
  List<Object> settingsOf(TableName table) {
    return List.of(
        tables.get(table),
        targets.get(table),
        health.goals().get(table),
        windows.all(),
        windows.of(table),
        pauseCheckInterval);
  }

  /** These settings with what the other ones say of tables. */
  LoaderConfig withTablesOf(LoaderConfig other) {
    return new LoaderConfig(
        queue,
        folders,
        aws,
        warehouse,
        other.tables,
        other.targets,
        catchUpInterval,
        maxConcurrency,
        shutdownGrace,
        other.windows,
        other.pauseCheckInterval,
        health.withGoals(other.health.goals()),
        prices);
  }

  static LoaderConfig read(Settings settings) {
    QueueSettings queue = settings.section("queue", QueueSettings::read);
    List<BatchFolder> folders = settings.parsedList("batch-folders", BatchFolder::parse);
    AwsSettings aws = settings.section("aws", AwsSettings::read);
    WarehouseSettings warehouse = settings.section("warehouse", WarehouseSettings::read);
    Copy copy = settings.section("copy", Copy::read);
    List<Table> tables =
        settings.sections("tables", table -> Table.read(table, copy.policy(), warehouse));
    noteDoubles(settings, tables);
    Duration catchUp = settings.duration("catch-up.interval", Duration.ofMinutes(5));
    Duration grace = settings.duration("shutdown.grace", Duration.ofSeconds(60));
    List<MaintenanceWindow> windows = settings.optionalSections("windows", MaintenanceWindow::read);
    Duration pauseCheck = settings.duration("pause.check-interval", Duration.ofSeconds(30));
    HealthSettings health = HealthSettings.read(settings);
    Prices prices = settings.section("cost", Prices::read);
    return settings.valid(
        () ->
            new LoaderConfig(
                queue,
                Set.copyOf(folders),
                aws,
                warehouse,
                policies(tables),
                targets(tables),
                catchUp,
                copy.maxConcurrency(),
                grace,
                new Windows(windows, windows(tables)),
                pauseCheck,
                health.withGoals(goals(tables)),
                prices));
  }

  private static void noteDoubles(Settings settings, List<Table> tables) {
    Set<TableName> seen = new HashSet<>();
    for (Table table : tables) {
      if (table.name() != null && !seen.add(table.name())) {
        settings.problem("tables", table.name(), "is named twice");
      }
    }
  }

  private static Map<TableName, LoadPolicy> policies(List<Table> tables) {
    Map<TableName, LoadPolicy> policies = new LinkedHashMap<>();
    tables.forEach(table -> policies.put(table.name(), table.policy()));
    return policies;
  }

  private static Map<TableName, TableSettings> targets(List<Table> tables) {
    Map<TableName, TableSettings> targets = new LinkedHashMap<>();
    tables.forEach(table -> targets.put(table.name(), table.target()));
    return targets;
  }

  private static Map<TableName, List<MaintenanceWindow>> windows(List<Table> tables) {
    Map<TableName, List<MaintenanceWindow>> windows = new LinkedHashMap<>();
    tables.forEach(table -> windows.put(table.name(), table.windows()));
    return windows;
  }

  private static Map<TableName, TableGoals> goals(List<Table> tables) {
    Map<TableName, TableGoals> goals = new LinkedHashMap<>();
    tables.forEach(table -> goals.put(table.name(), table.goals()));
    return goals;
  }

  private record Copy(LoadPolicy policy, int maxConcurrency) {
    private static Copy read(Settings settings) {
      LoadPolicy policy = LoadPolicy.read(settings, LoadPolicy.DEFAULT);
      return new Copy(policy, (int) settings.number("max-concurrency", 4, 1, 100));
    }
  }

  private record Table(
      TableName name,
      LoadPolicy policy,
      TableSettings target,
      List<MaintenanceWindow> windows,
      TableGoals goals) {
    private static Table read(Settings settings, LoadPolicy defaults, WarehouseSettings warehouse) {
      TableName name = settings.parsed("name", TableName::parse);
      LoadPolicy policy = settings.section("copy", copy -> LoadPolicy.read(copy, defaults));
      Duration longest =
          warehouse == null ? WarehouseSettings.STATEMENT_TIMEOUT : warehouse.statementTimeout();
      List<MaintenanceWindow> windows =
          settings.optionalSections("windows", MaintenanceWindow::read);
      TableSettings target = TableSettings.read(name, settings, longest);
      TableGoals goals = TableGoals.read(settings);
      return new Table(name, policy, target, windows, goals);
    }
  }
}
