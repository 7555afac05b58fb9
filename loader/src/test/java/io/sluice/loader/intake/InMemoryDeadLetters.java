package io.sluice.loader.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A dead-letter queue in memory, and the queue that its messages are sent back to. */
public final class InMemoryDeadLetters implements DeadLetters {
  private static final int MOST = 10;

  private final Map<String, Kept> messages = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> sentBack = new LinkedHashMap<>();
  private final Set<String> held = new LinkedHashSet<>();

  /** Puts a message there and returns its id. */
  public String put(String body, Map<String, String> attributes) {
    String id = "m" + (messages.size() + sentBack.size() + 1);
    messages.put(id, new Kept(body, attributes));
    return id;
  }

  /** What was sent back, by its text. */
  public Map<String, Map<String, String>> sentBack() {
    return new TreeMap<>(sentBack);
  }

  /** How many messages are there. */
  public int size() {
    return messages.size();
  }

  /** How many of them are hidden from others. */
  public int hidden() {
    return held.size();
  }

  @Override
  public List<DeadLetter> receive(Duration wait) {
    List<DeadLetter> letters = new ArrayList<>();
    messages.forEach(
        (id, message) -> {
          if (letters.size() < MOST && held.add(id)) {
            message.receives++;
            letters.add(
                new DeadLetter(
                    id,
                    message.body,
                    Optional.ofNullable(message.attributes.get("sluice-reason")),
                    Instant.EPOCH,
                    message.receives));
          }
        });
    return letters;
  }

  @Override
  public void sendBack(DeadLetter letter) {
    Map<String, String> attributes = new TreeMap<>(messages.get(letter.messageId()).attributes);
    attributes.remove("sluice-reason");
    attributes.put("sluice-redriven-from", letter.reason().orElse("the queue's redrive policy"));
    sentBack.put(letter.body(), attributes);
    messages.remove(letter.messageId());
    held.remove(letter.messageId());
  }

  @Override
  public void close() {
    held.clear();
  }

  private static final class Kept {
    private final String body;
    private final Map<String, String> attributes;
    private int receives;

    private Kept(String body, Map<String, String> attributes) {
      this.body = body;
      this.attributes = attributes;
    }
  }
}
