package io.sluice.loader.daemon;

import io.sluice.common.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How new settings differ from those in use. Pure.
 *
 * @param added tables that are new
 * @param removed tables that are loaded no longer
 * @param changed tables that are loaded in another way
 * @param needRestart settings that are the same until the loader is started again
 */
record ConfigChanges(
    Set<TableName> added,
    Set<TableName> removed,
    Set<TableName> changed,
    List<String> needRestart) {
  static ConfigChanges between(LoaderConfig old, LoaderConfig fresh) {
    Set<TableName> added = new TreeSet<>(fresh.tables().keySet());
    added.removeAll(old.tables().keySet());
    Set<TableName> removed = new TreeSet<>(old.tables().keySet());
    removed.removeAll(fresh.tables().keySet());
    Set<TableName> changed = new TreeSet<>(fresh.tables().keySet());
    changed.removeAll(added);
    changed.removeIf(table -> old.settingsOf(table).equals(fresh.settingsOf(table)));
    return new ConfigChanges(added, removed, changed, needRestart(old, fresh));
  }

  boolean touchTables() {
    return !(added.isEmpty() && removed.isEmpty() && changed.isEmpty());
  }

  private static List<String> needRestart(LoaderConfig old, LoaderConfig fresh) {
    List<String> names = new ArrayList<>();
    note(names, "queue", old.queue(), fresh.queue());
    note(names, "batch-folders", old.folders(), fresh.folders());
    note(names, "aws", old.aws(), fresh.aws());
    note(names, "warehouse", old.warehouse(), fresh.warehouse());
    note(names, "catch-up.interval", old.catchUpInterval(), fresh.catchUpInterval());
    note(names, "copy.max-concurrency", old.maxConcurrency(), fresh.maxConcurrency());
    note(
        names,
        "health or loader.alerts",
        old.health().withGoals(Map.of()),
        fresh.health().withGoals(Map.of()));
    note(names, "shutdown.grace", old.shutdownGrace(), fresh.shutdownGrace());
    return names;
  }

  private static void note(List<String> names, String name, Object old, Object fresh) {
    if (!old.equals(fresh)) {
      names.add("loader." + name);
    }
  }
}
