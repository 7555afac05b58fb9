package io.sluice.stack.redshift.isolation;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions had ended when a transaction first looked.
 *
 * @param next the first number that had not been given out
 * @param running those below it that had not ended
 */
public record Snapshot(long next, Set<Long> running) {
  /** Copies the set. */
  public Snapshot {
    running = Set.copyOf(running);
  }

  /** Reads PostgreSQL's form, {@code xmin:xmax:running,running}. */
  public static Snapshot parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a snapshot: " + text);
    }
    Set<Long> running =
        parts[2].isEmpty()
            ? Set.of()
            : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toSet());
    return new Snapshot(Long.parseLong(parts[1]), running);
  }

  /** Whether that transaction had ended before. */
  boolean follows(long transaction) {
    return transaction < next && !running.contains(transaction);
  }
}
