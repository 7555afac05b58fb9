package io.sluice.loader.cli.output;

/** Whether an answer for people has colours. */
public enum Style {
  /** For files, pipes, and whoever wants none. */
  PLAIN,
  /** For terminals. */
  COLOURED;

  /** A heading; see ECMA-48, "SGR". */
  String heading(String text) {
    return this == PLAIN ? text : "\u001b[1m" + text + "\u001b[0m";
  }

  /** A cell as it stands there, which shows this value. */
  String cell(String text, Object value) {
    return this == COLOURED && value instanceof Marked marked ? marked.mark().colour(text) : text;
  }
}
