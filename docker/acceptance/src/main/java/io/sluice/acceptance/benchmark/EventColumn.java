package io.sluice.acceptance.benchmark;

/**
 * A column of the events' table, in the order of the table.
 *
 * <p>It is told in two languages: Redshift's for the writer's settings, Spark's for the DataFrame
 * that does the same work.
 */
public enum EventColumn {
  EVENT_ID("varchar(36)", "string"),
  USER_ID("varchar(36)", "string"),
  SESSION_ID("varchar(36)", "string"),
  EVENT_TYPE("varchar(16)", "string"),
  EVENT_TIME("timestamptz", "timestamp"),
  SENT_AT("timestamptz", "bigint"),
  COUNTRY("char(2)", "string"),
  DEVICE("varchar(16)", "string"),
  OS("varchar(16)", "string"),
  APP_VERSION("varchar(16)", "string"),
  IP("varchar(39)", "string"),
  URL("varchar(256)", "string"),
  REFERRER("varchar(256)", "string"),
  STATUS_CODE("smallint", "smallint"),
  LATENCY_MS("integer", "int"),
  BYTES_SENT("bigint", "bigint"),
  AMOUNT("decimal(12,2)", "decimal(12,2)"),
  RETURNING("boolean", "boolean"),
  RISK_SCORE("double precision", "double"),
  COMMENT("varchar(1024)", "string");

  private final String redshiftType;
  private final String sparkType;

  EventColumn(String redshiftType, String sparkType) {
    this.redshiftType = redshiftType;
    this.sparkType = sparkType;
  }

  /** The name in the record and in the table. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The type in the writer's settings. */
  public String redshiftType() {
    return redshiftType;
  }

  /** The type in a DataFrame's schema. */
  public String sparkType() {
    return sparkType;
  }

  /** Whether the record has it as milliseconds since 1970. */
  public boolean isEpochMillis() {
    return this == SENT_AT;
  }
}
