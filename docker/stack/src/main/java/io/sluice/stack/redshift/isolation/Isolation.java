package io.sluice.stack.redshift.isolation;

/**
 * How far transactions that run side by side are kept apart. Source: "Isolation levels in Amazon
 * Redshift".
 */
public enum Isolation {
  /** The default of new clusters and workgroups: only writes to the same row conflict. */
  SNAPSHOT,
  /** Reads and writes conflict table by table: what no serial order explains fails with 1023. */
  SERIALIZABLE
}
