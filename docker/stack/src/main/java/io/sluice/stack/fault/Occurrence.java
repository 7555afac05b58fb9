package io.sluice.stack.fault;

/**
 * How often an order strikes among the calls that fit it.
 *
 * @param skip so many fitting calls pass first
 * @param times the most strikes, {@link #UNLIMITED} for no end
 * @param probability of a strike at each fitting call, above 0 and at most 1
 */
public record Occurrence(long skip, long times, double probability) {
  /** No end of strikes. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The next fitting call, and then never again. */
  public static final Occurrence ONCE = new Occurrence(0, 1, 1);

  public Occurrence {
    if (skip < 0) {
      throw new IllegalArgumentException("after must be 0 or more, not " + skip);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times must be 1 or more, not " + times);
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be above 0 and at most 1, not " + probability);
    }
  }
}
