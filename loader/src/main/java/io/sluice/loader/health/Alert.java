package io.sluice.loader.health;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person is told of an incident: once when it begins, once when it is over.
 *
 * @param table whose incident it is; empty when it is that of all tables together
 * @param state which of the two
 * @param summary one or two sentences: what happened and what to do
 * @param since when the incident began; the same in both
 * @param at when this alert was raised
 */
record Alert(
    Kind kind, Optional<TableName> table, State state, String summary, Instant since, Instant at) {
  /** What people are told of. */
  enum Kind {
    /** The table waits for somebody to repair the set-up. */
    PAUSED,
    /** The warehouse refuses the login: no table is loaded. */
    LOGIN,
    /** Batches cannot be loaded as they are, and rest. */
    REFUSED,
    /** Files were set aside. */
    QUARANTINED,
    /** Records wait, or waited, longer than the table's objective. */
    STALE,
    /** No batch has come for longer than expected. */
    SILENT
  }

  /** The ends of an incident. */
  enum State {
    FIRING,
    RESOLVED
  }

  Alert {
    requireNonNull(kind, "kind");
    requireNonNull(table, "table");
    requireNonNull(state, "state");
    requireNonNull(summary, "summary");
    requireNonNull(since, "since");
    requireNonNull(at, "at");
  }

  /** The same for both alerts of an incident, and for no other incident. */
  String incident() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + scope() + "/" + since;
  }

  /** The table, or {@code all}. */
  String scope() {
    return table.map(TableName::toString).orElse("all");
  }
}
