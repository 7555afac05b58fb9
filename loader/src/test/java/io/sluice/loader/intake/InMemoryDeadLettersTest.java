package io.sluice.loader.intake;

import java.util.Map;

class InMemoryDeadLettersTest extends DeadLettersContract {
  private final InMemoryDeadLetters letters = new InMemoryDeadLetters();

  @Override
  DeadLetters letters() {
    return letters;
  }

  @Override
  void put(String body, Map<String, String> attributes) {
    letters.put(body, attributes);
  }

  @Override
  Map<String, Map<String, String>> sentBack() {
    return letters.sentBack();
  }
}
