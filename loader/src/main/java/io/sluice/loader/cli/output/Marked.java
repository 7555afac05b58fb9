package io.sluice.loader.cli.output;

import static java.util.Objects.requireNonNull;

/**
 * A word whose meaning a colour shows on a terminal. Programs and files see the word.
 *
 * @param mark what it means
 */
public record Marked(String text, Mark mark) {
  /** What a word means for whoever has to act. */
  public enum Mark {
    /** All is well. */
    GOOD("32"),
    /** Worth a look. */
    ATTENTION("33"),
    /** Somebody must act. */
    BAD("31");

    private final String colour;

    Mark(String colour) {
      this.colour = colour;
    }

    /** The same text in the colour of this mark; see ECMA-48, "SGR". */
    String colour(String cell) {
      return "\u001b[" + colour + "m" + cell + "\u001b[0m";
    }
  }

  public Marked {
    requireNonNull(text, "text");
    requireNonNull(mark, "mark");
  }

  @Override
  public String toString() {
    return text;
  }
}
