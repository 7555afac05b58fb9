package io.sluice.loader.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

class InMemoryInboxTest extends InboxContract {
  private final InMemoryInbox inbox =
      new InMemoryInbox(InstantSource.system(), Duration.ofSeconds(30), true);

  @Override
  Inbox inbox() {
    return inbox;
  }

  @Override
  void send(String body) {
    inbox.send(body);
  }

  @Override
  List<String> deadLetters() {
    return List.copyOf(inbox.deadLetters().keySet());
  }
}
