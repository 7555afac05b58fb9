package io.sluice.loader.warehouse;

import io.sluice.common.config.Settings;
import io.sluice.common.manifest.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables that the loader keeps beside the user's own: the ledger, how far catch-up has come,
 * which tables are paused, and one empty table a target that serves as its lock.
 *
 * <p>LOCK is always exclusive and shuts readers out too, so neither the target nor the ledger is
 * locked. No key is declared, for Redshift would not enforce it: the lock is what keeps a batch
 * from being entered twice.
 *
 * <p>A database of the isolation level SERIALIZABLE takes two loads that read and write one ledger
 * for conflicting, even of different tables. A ledger of its own for each table keeps them apart;
 * the shared one is then read on, for what was loaded before.
 *
 * @param schema where they are
 * @param perTable whether each target has a ledger of its own
 */
public record LedgerSchema(String schema, boolean perTable) {
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_$]{0,126}");
  private static final int READABLE = 80;
  private static final int HASH_BYTES = 4;

  public LedgerSchema {
    requireSchema(schema);
  }

  /** Reads the section {@code warehouse.ledger}. */
  static LedgerSchema read(Settings settings) {
    String schema = settings.optionalParsed("schema", LedgerSchema::requireSchema).orElse("sluice");
    boolean perTable = settings.flag("per-table", false);
    return settings.valid(() -> new LedgerSchema(schema, perTable));
  }

  private static String requireSchema(String schema) {
    if (!SCHEMA.matcher(schema).matches()) {
      throw new IllegalArgumentException("must be a lower-case identifier");
    }
    return schema;
  }

  /** Where loads of a table are entered. */
  String ledger(TableName table) {
    return perTable ? ownLedger(table) : sharedLedger();
  }

  /** Where loads of a table may have been entered. */
  List<String> ledgers(TableName table) {
    return perTable ? List.of(ownLedger(table), sharedLedger()) : List.of(sharedLedger());
  }

  /** Each ledger with those of the tables that may be in it. */
  Map<String, Set<TableName>> ledgers(Collection<TableName> tables) {
    Map<String, Set<TableName>> ledgers = new LinkedHashMap<>();
    for (TableName table : tables) {
      for (String ledger : ledgers(table)) {
        ledgers.computeIfAbsent(ledger, name -> new LinkedHashSet<>()).add(table);
      }
    }
    return ledgers;
  }

  /** The ledger of tables that have none of their own. */
  String sharedLedger() {
    return schema + ".ledger";
  }

  /** The ledger of a table that has one of its own. */
  String ownLedger(TableName table) {
    return named("ledger_", table);
  }

  String progress() {
    return schema + ".log_progress";
  }

  String paused() {
    return schema + ".paused";
  }

  /**
   * The lock of a table: readable, and unlike the lock of {@code a_b.c} for {@code a.b_c}. With a
   * ledger of its own it has another one, so that no load whose settings know only the shared
   * ledger can begin any more.
   */
  String lock(TableName table) {
    return perTable ? named("lock_own_", table) : lockOfSharedLedger(table);
  }

  private String lockOfSharedLedger(TableName table) {
    return named("lock_", table);
  }

  private String named(String prefix, TableName table) {
    String readable = table.schema() + "_" + table.table();
    String shortened = readable.substring(0, Math.min(READABLE, readable.length()));
    return schema + "." + prefix + shortened + "_" + hash(table.toString());
  }

  /** Where an upsert remembers what was deleted, so that older rows do not bring it back. */
  String deletions(TableName table) {
    return named("deleted_", table);
  }

  /** Safe to run again and again. */
  List<String> statements(Collection<TableName> tables) {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE SCHEMA IF NOT EXISTS " + schema);
    statements.add(createLedger(sharedLedger()));
    statements.add(
        """
        CREATE TABLE IF NOT EXISTS %s (
          batch_folder VARCHAR(1100) NOT NULL,
          table_name VARCHAR(255) NOT NULL,
          manifest_number BIGINT NOT NULL
        )"""
            .formatted(progress()));
    statements.add(
        """
        CREATE TABLE IF NOT EXISTS %s (
          table_name VARCHAR(255) NOT NULL,
          paused_by VARCHAR(400) NOT NULL,
          paused_at TIMESTAMPTZ NOT NULL,
          reason VARCHAR(2000) NOT NULL
        )"""
            .formatted(paused()));
    for (TableName table : tables) {
      if (perTable) {
        // Waits for the load in hand, and is the last that loads by the shared ledger.
        statements.add("DROP TABLE IF EXISTS " + lockOfSharedLedger(table));
        statements.add(createLedger(ownLedger(table)));
      }
      statements.add("CREATE TABLE IF NOT EXISTS " + lock(table) + " (nothing SMALLINT)");
    }
    return statements;
  }

  private static String createLedger(String name) {
    return Arrays.stream(LedgerColumn.values())
        .map(column -> "  " + column.definition())
        .collect(Collectors.joining(",\n", "CREATE TABLE IF NOT EXISTS " + name + " (\n", "\n)"));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
