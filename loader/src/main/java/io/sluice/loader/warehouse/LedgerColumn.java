package io.sluice.loader.warehouse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The columns of the ledger, in their order. New ones go to the end, may be empty or have a default
 * that is true of all older rows, so that {@code init} can add them to a ledger of an earlier
 * version.
 */
enum LedgerColumn {
  BATCH_FOLDER("VARCHAR(1100) NOT NULL"),
  MANIFEST_NUMBER("BIGINT NOT NULL"),
  TABLE_NAME("VARCHAR(255) NOT NULL"),
  LOAD_ID("VARCHAR(64) NOT NULL"),
  ROW_COUNT("BIGINT NOT NULL"),
  BYTE_COUNT("BIGINT NOT NULL"),
  FILE_COUNT("INTEGER NOT NULL"),
  BATCH_TIME("TIMESTAMPTZ NOT NULL"),
  ARRIVAL_MIN("TIMESTAMPTZ NOT NULL"),
  ARRIVAL_MAX("TIMESTAMPTZ NOT NULL"),
  LOADED_AT("TIMESTAMPTZ NOT NULL"),
  LOADER_ID("VARCHAR(255) NOT NULL"),
  STATE("VARCHAR(16) DEFAULT 'loaded' NOT NULL"),
  FILE_KEY("VARCHAR(1100)"),
  REASON("VARCHAR(2000)"),
  ERROR_LINE("BIGINT"),
  ERROR_COLUMN("VARCHAR(127)"),
  ERROR_VALUE("VARCHAR(4100)");

  private final String type;

  LedgerColumn(String type) {
    this.type = type;
  }

  /** All names, in their order. */
  static List<String> names() {
    return Arrays.stream(values()).map(LedgerColumn::columnName).toList();
  }

  String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name and type, as a table is made with it. */
  String definition() {
    return columnName() + " " + type;
  }
}
