package io.sluice.loader.intake;

/**
 * How many messages a queue has, as far as SQS can tell: approximate, and some seconds old.
 *
 * @param visible waiting to be received
 * @param inFlight received by some loader and not deleted yet
 * @param delayed sent, and not to be received yet
 */
public record QueueDepth(long visible, long inFlight, long delayed) {
  /** All of them. */
  public long messages() {
    return visible + inFlight + delayed;
  }
}
