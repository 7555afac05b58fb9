package io.sluice.loader.intake;

import com.amazonaws.services.sqs.model.Message;
import io.sluice.loader.stack.LoaderStack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SqsInboxIT extends InboxContract {
  private final LoaderStack stack = LoaderStack.shared();
  private final String queue = stack.newQueue();
  private final String deadLetters = stack.newQueue();
  private final Inbox inbox =
      new SqsInbox(
          stack.sqs(),
          new QueueSettings(URI.create(queue), Optional.of(URI.create(deadLetters))),
          Duration.ofSeconds(30));

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
