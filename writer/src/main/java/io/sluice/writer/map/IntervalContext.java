package io.sluice.writer.map;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Instant;

/**
 * What columns can tell of the interval that a row was landed in.
 *
 * @param batchTime the batch interval
 * @param manifestNumber the number that the interval's manifest will have
 */
public record IntervalContext(Instant batchTime, long manifestNumber) implements Serializable {
  public IntervalContext {
    requireNonNull(batchTime, "batchTime");
  }
}
