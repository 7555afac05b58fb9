package io.sluice.loader.daemon;

import static java.util.Objects.requireNonNull;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Settings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.warehouse.WarehouseSettings;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param catchUpInterval how often the manifest log is compared with the ledger
 * @param maxConcurrency how many tables are loaded at the same time
 * @param shutdownGrace how long a stop waits for the loads in hand
 */
public record LoaderConfig(
    QueueSettings queue,
    Set<BatchFolder> folders,
    AwsSettings aws,
    WarehouseSettings warehouse,
    Map<TableName, LoadPolicy> tables,
    Duration catchUpInterval,
    int maxConcurrency,
    Duration shutdownGrace) {
  /** The section's name in the file. */
  public static final String SECTION = "loader";

  public LoaderConfig {
    requireNonNull(queue, "queue");
    requireNonNull(aws, "aws");
    requireNonNull(warehouse, "warehouse");
    requireNonNull(catchUpInterval, "catchUpInterval");
    requireNonNull(shutdownGrace, "shutdownGrace");
    folders = Collections.unmodifiableSet(new java.util.LinkedHashSet<>(folders));
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** Reads a file; throws {@link io.sluice.common.config.ConfigException} with all its problems. */
  public static LoaderConfig read(Path file) {
    return ConfigFile.read(file, SECTION, LoaderConfig::read);
  }

  static LoaderConfig read(Settings settings) {
    QueueSettings queue = settings.section("queue", QueueSettings::read);
    List<BatchFolder> folders = settings.parsedList("batch-folders", BatchFolder::parse);
    AwsSettings aws = settings.section("aws", AwsSettings::read);
    WarehouseSettings warehouse = settings.section("warehouse", WarehouseSettings::read);
    Copy copy = settings.section("copy", Copy::read);
    List<Table> tables = settings.sections("tables", table -> Table.read(table, copy.policy()));
    noteDoubles(settings, tables);
    Duration catchUp = settings.duration("catch-up.interval", Duration.ofMinutes(5));
    Duration grace = settings.duration("shutdown.grace", Duration.ofSeconds(60));
    return settings.valid(
        () ->
            new LoaderConfig(
                queue,
                Set.copyOf(folders),
                aws,
                warehouse,
                policies(tables),
                catchUp,
                copy.maxConcurrency(),
                grace));
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

  private record Copy(LoadPolicy policy, int maxConcurrency) {
    private static Copy read(Settings settings) {
      LoadPolicy policy = LoadPolicy.read(settings, LoadPolicy.DEFAULT);
      return new Copy(policy, (int) settings.number("max-concurrency", 4, 1, 100));
    }
  }

  private record Table(TableName name, LoadPolicy policy) {
    private static Table read(Settings settings, LoadPolicy defaults) {
      TableName name = settings.parsed("name", TableName::parse);
      LoadPolicy policy = settings.section("copy", copy -> LoadPolicy.read(copy, defaults));
      return new Table(name, policy);
    }
  }
}
