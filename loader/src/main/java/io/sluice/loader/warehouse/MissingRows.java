package io.sluice.loader.warehouse;

/** Whether rows of a load may be missing from its table when the load is replaced. */
public enum MissingRows {
  /** None may: somebody has changed the table, and should say so. */
  REFUSED,
  /**
   * Some or all are gone, as after the table was dropped and made anew. More may never be there.
   */
  ACCEPTED
}
