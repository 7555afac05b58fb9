package io.sluice.loader.daemon;

import io.sluice.common.config.ConfigException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings of a running loader again. What concerns tables holds at once; the rest waits
 * for the next start, and is said to. A file with problems changes nothing.
 *
 * <p>Safe for use by several threads.
 */
public final class Reload {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final Supplier<LoaderConfig> reader;
  private final Consumer<LoaderConfig> tables;
  private LoaderConfig current;

  /** {@code tables} is given the new settings whenever those of tables have changed. */
  Reload(LoaderConfig current, Supplier<LoaderConfig> reader, Consumer<LoaderConfig> tables) {
    this.current = current;
    this.reader = reader;
    this.tables = tables;
  }

  /** Reads them once. */
  public synchronized void run() {
    LoaderConfig fresh;
    try {
      fresh = reader.get();
    } catch (ConfigException e) {
      log.error("the settings stay as they were: {}", e.getMessage());
      return;
    }
    ConfigChanges changes = ConfigChanges.between(current, fresh);
    if (!changes.needRestart().isEmpty()) {
      log.warn(
          "{} changed too, which holds only after a restart",
          String.join(", ", changes.needRestart()));
    }
    if (changes.touchTables()) {
      current = current.withTablesOf(fresh);
      tables.accept(current);
    }
    log.info(
        "settings read again: tables added {}, removed {}, changed {}",
        changes.added(),
        changes.removed(),
        changes.changed());
  }
}
