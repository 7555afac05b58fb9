package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every dead-letter queue does, the one in memory like the real one. */
abstract class DeadLettersContract {
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** An empty dead-letter queue, looked at anew. */
  abstract DeadLetters letters();

  /** Puts a message there, with these attributes. */
  abstract void put(String body, Map<String, String> attributes);

  /** The messages in the queue, each with its attributes. */
  abstract Map<String, Map<String, String>> sentBack();

  @Test
  void handsOutEachMessageOnceWithItsReason() {
    put("moved", Map.of("sluice-reason", "nobody knows it"));
    put("given up", Map.of());

    try (DeadLetters letters = letters()) {
      List<DeadLetter> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.addAll(letters.receive(i == 2 ? Duration.ZERO : WAIT));
      }

      assertThat(all)
          .extracting(DeadLetter::body, DeadLetter::reason, DeadLetter::receives)
          .containsExactlyInAnyOrder(
              tuple("moved", Optional.of("nobody knows it"), 1),
              tuple("given up", Optional.empty(), 1));
      assertThat(all).extracting(DeadLetter::sentAt).doesNotContainNull();
    }
  }

  @Test
  void givesBackWhatWasOnlyLookedAt() {
    put("one", Map.of("sluice-reason", "why"));
    String id;
    try (DeadLetters letters = letters()) {
      id = letters.receive(WAIT).get(0).messageId();
    }

    try (DeadLetters again = letters()) {
      assertThat(again.receive(WAIT))
          .singleElement()
          .satisfies(letter -> assertThat(letter.messageId()).isEqualTo(id))
          .satisfies(letter -> assertThat(letter.receives()).isEqualTo(2));
    }
    assertThat(sentBack()).isEmpty();
  }

  @Test
  void sendsBackWithTheAttributesAndTheFormerReason() {
    put("one", Map.of("sluice-reason", "why", "origin", "writer"));
    put("two", Map.of());

    try (DeadLetters letters = letters()) {
      List<DeadLetter> all = new ArrayList<>(letters.receive(WAIT));
      while (all.size() < 2) {
        all.addAll(letters.receive(WAIT));
      }
      all.forEach(letters::sendBack);
    }

    assertThat(sentBack())
        .containsOnly(
            Map.entry("one", Map.of("origin", "writer", "sluice-redriven-from", "why")),
            Map.entry("two", Map.of("sluice-redriven-from", "the queue's redrive policy")));
    try (DeadLetters again = letters()) {
      assertThat(again.receive(Duration.ZERO)).isEmpty();
    }
  }
}
