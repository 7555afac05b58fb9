package io.sluice.loader.intake;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.MessageAttributeValue;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import com.amazonaws.services.sqs.model.SendMessageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dead-letter queue in Amazon SQS. */
public final class SqsDeadLetters implements DeadLetters {
  /** Long enough to look through some thousand messages. */
  private static final Duration VISIBILITY = Duration.ofMinutes(3);

  private static final int MOST_A_REQUEST = 10;
  private static final int MOST_ATTRIBUTES = 10;

  private static final String SENT = "SentTimestamp";
  private static final String RECEIVES = "ApproximateReceiveCount";

  /** What {@link SqsInbox} sets. */
  private static final String REASON = "sluice-reason";

  private static final String FORMER_REASON = "sluice-redriven-from";

  private final AmazonSQS sqs;
  private final String queue;
  private final String deadLetters;
  private final SqsRequests requests;
  private final Map<String, Message> held = new LinkedHashMap<>();

  /**
   * The dead-letter queue {@code deadLetters} of the queue {@code queue}, by a client that the
   * caller closes.
   */
  public SqsDeadLetters(AmazonSQS sqs, String queue, String deadLetters) {
    this.sqs = sqs;
    this.queue = queue;
    this.deadLetters = deadLetters;
    this.requests = new SqsRequests(deadLetters);
  }

  /** A message that comes again was hidden for too long: the newer receipt is kept. */
  @Override
  public List<DeadLetter> receive(Duration wait) {
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(deadLetters)
            .withMaxNumberOfMessages(MOST_A_REQUEST)
            .withVisibilityTimeout((int) VISIBILITY.toSeconds())
            .withWaitTimeSeconds((int) wait.toSeconds())
            .withMessageSystemAttributeNames(SENT, RECEIVES)
            .withMessageAttributeNames("All");
    List<DeadLetter> fresh = new ArrayList<>();
    for (Message message :
        requests.asking("receive from", () -> sqs.receiveMessage(request)).getMessages()) {
      if (held.put(message.getMessageId(), message) == null) {
        fresh.add(letter(message));
      }
    }
    return fresh;
  }

  @Override
  public void sendBack(DeadLetter letter) {
    Message message = held.get(letter.messageId());
    SendMessageRequest request =
        new SendMessageRequest(queue, message.getBody()).withMessageAttributes(attributes(message));
    new SqsRequests(queue).asking("send to", () -> sqs.sendMessage(request));
    requests.asking(
        "delete from", () -> sqs.deleteMessage(deadLetters, message.getReceiptHandle()));
    held.remove(letter.messageId());
  }

  @Override
  public void close() {
    for (Message message : held.values()) {
      requests.asking(
          "give back to",
          () -> sqs.changeMessageVisibility(deadLetters, message.getReceiptHandle(), 0));
    }
    held.clear();
  }

  private static DeadLetter letter(Message message) {
    return new DeadLetter(
        message.getMessageId(),
        message.getBody(),
        reason(message),
        Instant.ofEpochMilli(Long.parseLong(message.getAttributes().getOrDefault(SENT, "0"))),
        Integer.parseInt(message.getAttributes().getOrDefault(RECEIVES, "1")));
  }

  private static Optional<String> reason(Message message) {
    return Optional.ofNullable(message.getMessageAttributes().get(REASON))
        .map(MessageAttributeValue::getStringValue);
  }

  private static Map<String, MessageAttributeValue> attributes(Message message) {
    Map<String, MessageAttributeValue> attributes =
        new LinkedHashMap<>(message.getMessageAttributes());
    attributes.remove(REASON);
    if (attributes.size() < MOST_ATTRIBUTES) {
      attributes.put(
          FORMER_REASON,
          new MessageAttributeValue()
              .withDataType("String")
              .withStringValue(reason(message).orElse("the queue's redrive policy")));
    }
    return attributes;
  }
}
