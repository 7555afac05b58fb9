package io.sluice.loader.intake;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A message in the dead-letter queue.
 *
 * @param messageId the same as long as it is there
 * @param body the message's text
 * @param reason why a loader has moved it there; empty when the queue's redrive policy has
 * @param sentAt when it was sent to the queue that it is from or, by a loader, to this one
 * @param receives how often it was received, this time included; of one that a redrive policy has
 *     moved also in the queue that it is from
 */
public record DeadLetter(
    String messageId, String body, Optional<String> reason, Instant sentAt, int receives) {
  public DeadLetter {
    requireNonNull(messageId, "messageId");
    requireNonNull(body, "body");
    requireNonNull(reason, "reason");
    requireNonNull(sentAt, "sentAt");
  }
}
