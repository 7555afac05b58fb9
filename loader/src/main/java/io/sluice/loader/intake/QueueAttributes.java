package io.sluice.loader.intake;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a queue is set up.
 *
 * @param visibility how long a received message stays hidden from readers that do not say
 * @param retention how long a message is kept
 * @param redrive where its redrive policy moves messages; empty when it has none
 */
public record QueueAttributes(Duration visibility, Duration retention, Optional<Redrive> redrive) {
  /**
   * A redrive policy.
   *
   * @param target the ARN of the dead-letter queue
   * @param maxReceives how often a message is received before it is moved
   */
  public record Redrive(String target, int maxReceives) {
    /** The name of the dead-letter queue. */
    public String targetName() {
      return target.substring(target.lastIndexOf(':') + 1);
    }
  }

  public QueueAttributes {
    requireNonNull(visibility, "visibility");
    requireNonNull(retention, "retention");
    requireNonNull(redrive, "redrive");
  }
}
