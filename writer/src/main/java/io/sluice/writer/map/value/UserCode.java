package io.sluice.writer.map.value;

import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.nio.channels.ClosedByInterruptException;

/** What becomes of what the user's code throws. */
public final class UserCode {
  private UserCode() {}

  /**
   * The reject that tells of it. What is about the JVM or about this thread's end, and not about
   * the record, is thrown on.
   */
  public static RejectException reject(Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
      throw error;
    }
    if (thrown instanceof InterruptedException || thrown instanceof ClosedByInterruptException) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the user's code was at work", thrown);
    }
    return RejectException.of(RejectReason.MAPPER_FAILED, Shown.shortened(text(thrown)));
  }

  private static String text(Throwable thrown) {
    String name = thrown.getClass().getName();
    try {
      String message = thrown.getMessage();
      return message == null ? name : name + ": " + message;
    } catch (RuntimeException e) {
      // Its message is the user's code too.
      return name;
    }
  }
}
