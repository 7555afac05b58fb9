package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.load.LoadIds;
import io.sluice.loader.warehouse.LoadSum;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A load that the ledger knows, with its time: from its begin, which its name tells, to its entry
 * in the ledger, just before the commit. That is connecting, the wait for the table's lock, and
 * COPY.
 */
record PastLoad(LoadSum sum, Optional<Instant> begun) {
  PastLoad {
    requireNonNull(sum, "sum");
    requireNonNull(begun, "begun");
  }

  static PastLoad of(LoadSum sum) {
    return new PastLoad(sum, LoadIds.begun(sum.loadId()));
  }

  /** How long it took, empty when its name does not tell. */
  Optional<Duration> took() {
    return begun
        .map(begin -> Duration.between(begin, sum.loadedAt()))
        .filter(time -> !time.isNegative());
  }
}
