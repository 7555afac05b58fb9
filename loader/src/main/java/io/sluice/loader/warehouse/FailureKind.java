package io.sluice.loader.warehouse;

/** What a failed load allows its caller to do. */
public enum FailureKind {
  /** Nothing was committed and the cause passes by itself: try again later. */
  TRANSIENT,
  /** Nothing was committed, and this data can never load as it is: set it aside. */
  BAD_DATA,
  /**
   * Nothing was committed and nothing can be until someone repairs the set-up: pause, keep the
   * messages, say so loudly.
   */
  MISCONFIGURED,
  /** The commit may have happened: only the ledger, read behind the lock, can tell. */
  UNKNOWN
}
