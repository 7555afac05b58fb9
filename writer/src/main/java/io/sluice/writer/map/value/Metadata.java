package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.ColumnType.Kind;
import java.util.Locale;

/** What a column can hold of a record's way instead of its data. */
public enum Metadata {
  /** When the record reached the stream, roughly. */
  ARRIVAL_TIME,
  /** As the producer gave it. */
  PARTITION_KEY,
  STREAM,
  SHARD,
  /** A decimal text: the numbers have 56 digits, more than any number type holds. */
  SEQUENCE_NUMBER,
  /** The place in the record that the KPL aggregated, else 0. */
  SUB_SEQUENCE_NUMBER,
  /** The batch interval that the row was landed in. */
  BATCH_INTERVAL,
  /** The number of its manifest. */
  MANIFEST_NUMBER;

  /** The digits of today's sequence numbers. */
  private static final int SEQUENCE_DIGITS = 56;

  /** Refuses a column that cannot hold it, with IllegalArgumentException. */
  public void require(ColumnType type) {
    String allowed =
        switch (this) {
          case ARRIVAL_TIME, BATCH_INTERVAL ->
              isOneOf(type, Kind.TIMESTAMP, Kind.TIMESTAMPTZ, Kind.DATE)
                  ? null
                  : "timestamp, timestamptz or date";
          case PARTITION_KEY, STREAM, SHARD -> isOneOf(type, Kind.VARCHAR) ? null : "varchar(n)";
          case SEQUENCE_NUMBER ->
              isOneOf(type, Kind.VARCHAR) && type.length() >= SEQUENCE_DIGITS
                  ? null
                  : "varchar(56) or longer, for the numbers have 56 digits";
          case SUB_SEQUENCE_NUMBER, MANIFEST_NUMBER ->
              isOneOf(type, Kind.BIGINT, Kind.INTEGER) ? null : "bigint or integer";
        };
    if (allowed != null) {
      throw new IllegalArgumentException(
          label() + " does not fit into " + type + ": use " + allowed);
    }
  }

  /** Whether it belongs to the record and not to the interval. */
  public boolean isOfRecord() {
    return this != BATCH_INTERVAL && this != MANIFEST_NUMBER;
  }

  /** The name as the settings spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isOneOf(ColumnType type, Kind... kinds) {
    for (Kind kind : kinds) {
      if (type.kind() == kind) {
        return true;
      }
    }
    return false;
  }
}
