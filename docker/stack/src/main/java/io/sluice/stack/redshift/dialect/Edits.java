package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import java.util.Map;
import java.util.TreeMap;

/** Replacements in a text, by places in the original; they must not overlap. */
final class Edits {
  private record Edit(int end, String text) {}

  private final Map<Integer, Edit> edits = new TreeMap<>();

  /** Replaces a piece of the text; what has been inserted before it stays. */
  void replace(int start, int end, String text) {
    edits.merge(
        start,
        new Edit(end, text),
        (first, second) ->
            new Edit(Math.max(first.end(), second.end()), inserted(start, first, second)));
  }

  private static String inserted(int start, Edit first, Edit second) {
    return first.end() == start ? first.text() + second.text() : second.text() + first.text();
  }

  void replace(Token token, String text) {
    replace(token.start(), token.end(), text);
  }

  void remove(Token first, Token last) {
    replace(first.start(), last.end(), "");
  }

  /** The text from {@code start} to {@code end} with the replacements that lie in it. */
  String apply(String sql, int start, int end) {
    StringBuilder result = new StringBuilder();
    int position = start;
    for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
      if (edit.getKey() >= position && edit.getValue().end() <= end) {
        result.append(sql, position, edit.getKey()).append(edit.getValue().text());
        position = edit.getValue().end();
      }
    }
    return result.append(sql, position, end).toString();
  }
}
