package io.sluice.loader.stack;

import static org.awaitility.Awaitility.await;

import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.MessageAttributeValue;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import com.amazonaws.services.sqs.model.SendMessageRequest;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A queue of manifest messages and its dead-letter queue, which nobody else has. */
public final class LoaderQueues {
  private final LoaderStack stack;
  private final String queue;
  private final String deadLetters;

  LoaderQueues(LoaderStack stack) {
    this.stack = stack;
    this.queue = stack.newQueue();
    this.deadLetters = stack.newQueue();
  }

  public String url() {
    return queue;
  }

  public String deadLetterUrl() {
    return deadLetters;
  }

  public void send(ManifestMessage message) {
    send(ContractJson.write(message));
  }

  public void send(String body) {
    stack.sqs().sendMessage(queue, body);
  }

  /** Puts a message into the dead-letter queue, as a loader does, and returns its id. */
  public String bury(String body, String reason) {
    SendMessageRequest request =
        new SendMessageRequest(deadLetters, body)
            .addMessageAttributesEntry(
                "sluice-reason",
                new MessageAttributeValue().withDataType("String").withStringValue(reason));
    return stack.sqs().sendMessage(request).getMessageId();
  }

  /** How many messages are in the queue, hidden ones included. */
  public long messages() {
    return hiddenMessages() + count("ApproximateNumberOfMessages");
  }

  /** How many messages somebody holds. */
  public long hiddenMessages() {
    return count("ApproximateNumberOfMessagesNotVisible");
  }

  /** Waits until so many messages are in the queue, hidden ones included. */
  public void awaitMessages(long count) {
    await().atMost(LoaderProcess.PATIENCE).until(() -> messages() == count);
  }

  /** The reasons of the dead letters that can be received now, by message. */
  public Map<String, String> deadLetters() {
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(deadLetters)
            .withMessageAttributeNames("All")
            .withMaxNumberOfMessages(10);
    Map<String, String> reasons = new TreeMap<>();
    for (Message message : stack.sqs().receiveMessage(request).getMessages()) {
      String reason = message.getMessageAttributes().get("sluice-reason").getStringValue();
      reasons.put(message.getMessageId(), reason);
    }
    return reasons;
  }

  private long count(String attribute) {
    return Long.parseLong(
        stack.sqs().getQueueAttributes(queue, List.of(attribute)).getAttributes().get(attribute));
  }
}
