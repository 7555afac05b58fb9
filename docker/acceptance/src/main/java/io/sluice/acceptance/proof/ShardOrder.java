package io.sluice.acceptance.proof;

/** What a writer's source promises of a shard and those that a split or a merge made of it. */
public enum ShardOrder {
  /** A child's first record is in a later manifest than its parents' ends: the direct source. */
  PARENTS_FIRST,

  /** A child may come before the log knows of its parents' ends: receivers. */
  AS_RECEIVED
}
