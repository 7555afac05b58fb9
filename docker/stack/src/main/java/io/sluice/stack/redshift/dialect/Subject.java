package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.sql.Token;
import java.util.List;
import java.util.Locale;

/**
 * What a statement is about, in the words in which faults are ordered.
 *
 * @param command its first word, in capitals
 * @param table the name of the table that it reads or writes, of the first if there are several,
 *     without its schema; empty if it names none
 */
public record Subject(String command, String table) {
  private static final String NO_TABLE = "";

  /** Of a statement whose last token is its end. */
  static Subject of(List<Token> statement) {
    String command = statement.get(0).text().toUpperCase(Locale.ROOT);
    return switch (command) {
      case "END" -> new Subject("COMMIT", NO_TABLE);
      case "COPY", "UPDATE" -> new Subject(command, name(statement, 1));
      case "LOCK" -> new Subject(command, name(statement, statement.get(1).is("TABLE") ? 2 : 1));
      case "SELECT", "WITH" -> new Subject("SELECT", nameBehind("FROM", statement));
      case "INSERT", "MERGE" -> new Subject(command, nameBehind("INTO", statement));
      case "DELETE" -> new Subject(command, name(statement, statement.get(1).is("FROM") ? 2 : 1));
      default -> new Subject(command, NO_TABLE);
    };
  }

  private static String nameBehind(String word, List<Token> statement) {
    for (int i = 1; i < statement.size(); i++) {
      if (statement.get(i).is(word)) {
        return name(statement, i + 1);
      }
    }
    return NO_TABLE;
  }

  /** The last part of a name, or nothing if there is none. */
  private static String name(List<Token> statement, int first) {
    int at = first;
    while (at + 2 < statement.size() && statement.get(at + 1).isSymbol(".")) {
      at += 2;
    }
    return at < statement.size() && statement.get(at).isName()
        ? statement.get(at).name()
        : NO_TABLE;
  }
}
