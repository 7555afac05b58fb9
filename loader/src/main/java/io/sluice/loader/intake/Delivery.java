package io.sluice.loader.intake;

import static java.util.Objects.requireNonNull;

/**
 * A message as the queue handed it out.
 *
 * @param messageId the same at every delivery of the message
 * @param receipt what this delivery is deleted or extended by
 * @param body the message's text
 */
public record Delivery(String messageId, String receipt, String body) {
  public Delivery {
    requireNonNull(messageId, "messageId");
    requireNonNull(receipt, "receipt");
    requireNonNull(body, "body");
  }

  /** The same delivery as it is held: what the text says is known, and thousands may wait. */
  Delivery withoutBody() {
    return new Delivery(messageId, receipt, "");
  }
}
