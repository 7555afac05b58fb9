package io.sluice.loader.operate.quarantine;

import static java.util.Objects.requireNonNull;

import io.sluice.loader.warehouse.QuarantineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What became of a file in quarantine.
 *
 * @param entry what the ledger has of it now
 * @param why of a refusal the reason and the way out, else empty
 */
public record QuarantineDecision(QuarantineEntry entry, Outcome outcome, String why) {
  /** What was done. */
  public enum Outcome {
    LOADED,
    WOULD_BE_LOADED,
    DISCARDED,
    WOULD_BE_DISCARDED,
    /** Nothing has changed. */
    REFUSED;

    /** For people. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public QuarantineDecision {
    requireNonNull(entry, "entry");
    requireNonNull(outcome, "outcome");
    requireNonNull(why, "why");
  }

  /** Those that nobody has decided about yet; of the others it is told that they are refused. */
  static List<QuarantineEntry> open(
      List<QuarantineEntry> entries, Consumer<QuarantineDecision> told) {
    List<QuarantineEntry> open = new ArrayList<>();
    for (QuarantineEntry entry : entries) {
      if (entry.state().isOpen()) {
        open.add(entry);
      } else {
        told.accept(refused(entry, "it is " + entry.state().text() + " already"));
      }
    }
    return open;
  }

  static QuarantineDecision refused(QuarantineEntry entry, String why) {
    return new QuarantineDecision(entry, Outcome.REFUSED, why);
  }
}
