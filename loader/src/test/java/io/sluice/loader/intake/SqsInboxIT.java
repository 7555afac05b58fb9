package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.loader.stack.LoaderStack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqsInboxIT extends InboxContract {
  private final LoaderStack stack = LoaderStack.shared();
  private final String queue = stack.newQueue();
  private final String deadLetters = stack.newQueue();
  private final Inbox inbox =
      new SqsInbox(
          stack.sqs(),
          new QueueSettings(URI.create(queue), Optional.of(URI.create(deadLetters))),
          Duration.ofSeconds(30));

  @Test
  void tellsTheReasonInAnAttribute() {
    send("not for us");
    Delivery delivery = inbox.receive(Duration.ofSeconds(1)).get(0);

    inbox.deadLetter(delivery, "nobody knows it");

    ReceiveMessageRequest all =
        new ReceiveMessageRequest(deadLetters).withMessageAttributeNames("All");
    assertThat(stack.sqs().receiveMessage(all).getMessages().get(0).getMessageAttributes())
        .hasEntrySatisfying(
            "sluice-reason",
            reason -> assertThat(reason.getStringValue()).isEqualTo("nobody knows it"));
  }

  @Override
  Inbox inbox() {
    return inbox;
  }

  @Override
  void send(String body) {
    stack.sqs().sendMessage(queue, body);
  }

  @Override
  List<String> deadLetters() {
    return stack.sqs().receiveMessage(deadLetters).getMessages().stream()
        .map(Message::getBody)
        .toList();
  }
}
