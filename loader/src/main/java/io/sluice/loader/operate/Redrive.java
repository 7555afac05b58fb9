package io.sluice.loader.operate;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.loader.intake.Addressee;
import io.sluice.loader.intake.DeadLetter;
import io.sluice.loader.intake.DeadLetters;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Looks through the dead-letter queue and sends messages back, as far as the loader would take them
 * now. One thread.
 */
public final class Redrive {
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final DeadLetters letters;
  private final Addressee loader;

  public Redrive(DeadLetters letters, Addressee loader) {
    this.letters = letters;
    this.loader = loader;
  }

  /** What is done with a message. */
  public enum Action {
    LIST,
    DRY_RUN,
    /** Those that the loader would take. */
    SEND,
    /** All. */
    FORCE
  }

  /** What became of a message. */
  public enum Outcome {
    LISTED,
    WOULD_BE_SENT,
    SENT,
    /** The loader would move it away again. */
    KEPT;

    /** For people. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A message and what became of it.
   *
   * @param message what it announces, empty when it cannot be read or is not for this loader
   * @param verdict why the loader would not take it, empty when it would
   */
  public record Redriven(
      DeadLetter letter, Optional<ManifestMessage> message, String verdict, Outcome outcome) {
    public Redriven {
      requireNonNull(letter, "letter");
      requireNonNull(message, "message");
      requireNonNull(verdict, "verdict");
      requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Looks through the queue until no more messages come.
   *
   * @param most look at no more messages
   * @param ids only these messages; empty for all
   * @param told hears of each message that is meant
   * @return which of {@code ids} were not among them
   */
  public Set<String> run(Action action, int most, Set<String> ids, Consumer<Redriven> told) {
    Set<String> missing = new TreeSet<>(ids);
    int seen = 0;
    while (seen < most && (ids.isEmpty() || !missing.isEmpty())) {
      List<DeadLetter> some = letters.receive(WAIT);
      if (some.isEmpty()) {
        return missing;
      }
      for (DeadLetter letter : some.subList(0, Math.min(some.size(), most - seen))) {
        seen++;
        if (ids.isEmpty() || ids.contains(letter.messageId())) {
          missing.remove(letter.messageId());
          told.accept(decide(action, letter));
        }
      }
    }
    return missing;
  }

  private Redriven decide(Action action, DeadLetter letter) {
    Optional<ManifestMessage> message = Optional.empty();
    String verdict = "";
    try {
      message = Optional.of(loader.read(letter.body()));
    } catch (ContractException e) {
      verdict = e.getMessage();
    }
    Outcome outcome =
        switch (action) {
          case LIST -> Outcome.LISTED;
          case DRY_RUN -> verdict.isEmpty() ? Outcome.WOULD_BE_SENT : Outcome.KEPT;
          case SEND -> verdict.isEmpty() ? Outcome.SENT : Outcome.KEPT;
          case FORCE -> Outcome.SENT;
        };
    if (outcome == Outcome.SENT) {
      letters.sendBack(letter);
    }
    return new Redriven(letter, message, verdict, outcome);
  }
}
