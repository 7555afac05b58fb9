package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Comparator;

/**
 * The highest position of a shard that has been committed: a Kinesis sequence number and, inside a
 * record that the KPL aggregated, the sub-sequence number (0 for a plain record).
 *
 * <p>Sequence numbers are decimal numbers of varying length: they compare as numbers, never as
 * text.
 */
public record Mark(BigInteger sequenceNumber, long subSequenceNumber)
    implements Comparable<Mark>, Serializable {
  private static final Comparator<Mark> ORDER =
      Comparator.comparing(Mark::sequenceNumber).thenComparingLong(Mark::subSequenceNumber);

  public Mark {
    requireNonNull(sequenceNumber, "sequenceNumber");
    if (sequenceNumber.signum() < 0 || subSequenceNumber < 0) {
      throw new IllegalArgumentException(
          "a mark is not negative: " + sequenceNumber + "/" + subSequenceNumber);
    }
  }

  @Override
  public int compareTo(Mark other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return sequenceNumber + "/" + subSequenceNumber;
  }
}
