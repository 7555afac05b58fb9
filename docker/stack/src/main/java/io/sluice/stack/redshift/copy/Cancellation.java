package io.sluice.stack.redshift.copy;

import io.sluice.stack.redshift.wire.ServerError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether one COPY must end early. {@link #cancel} is for any thread; the rest is for the thread
 * that runs the COPY, which asks often and waits for nothing longer than {@link #PATIENCE} without
 * asking again: that is how a COPY ends whatever the object store does.
 */
public final class Cancellation {
  /** The longest wait between two questions. */
  public static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final BooleanSupplier abandoned;
  private volatile boolean cancelled;
  private volatile long queryId;
  private long lastLook = System.nanoTime();

  /** Looks from time to time, through {@code abandoned}, whether anyone still wants the COPY. */
  public Cancellation(BooleanSupplier abandoned) {
    this.abandoned = abandoned;
  }

  /** Ends the COPY soon. A statement timeout does the same in the same words. */
  public void cancel() {
    cancelled = true;
  }

  /** Tells the number that the error names. */
  public void ofQuery(long id) {
    queryId = id;
  }

  /** Whether the COPY must end. */
  public boolean isCancelled() {
    if (!cancelled && System.nanoTime() - lastLook > BETWEEN_LOOKS.toNanos()) {
      if (abandoned.getAsBoolean()) {
        cancelled = true;
      }
      lastLook = System.nanoTime();
    }
    return cancelled;
  }

  /** Throws the error of a cancelled COPY if this is one. */
  public void check() throws CopyFailure {
    if (isCancelled()) {
      throw failure();
    }
  }

  /** Waits so long, or until the COPY must end. */
  public void await(Duration duration) throws CopyFailure, InterruptedException {
    long deadline = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = deadline - System.nanoTime()) {
      check();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, PATIENCE.toNanos()));
    }
    check();
  }

  /** The failure to tell: whatever a cancelled COPY meets is the cancellation's own doing. */
  public CopyFailure or(CopyFailure failure) {
    return cancelled ? failure() : failure;
  }

  private CopyFailure failure() {
    return new CopyFailure(
        ServerError.error("57014", "Query (" + queryId + ") cancelled on user's request"));
  }
}
