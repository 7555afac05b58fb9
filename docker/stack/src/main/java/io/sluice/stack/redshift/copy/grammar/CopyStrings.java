package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.sql.SqlRefusal;
import io.sluice.stack.redshift.sql.Token;
import io.sluice.stack.redshift.sql.TokenCursor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of COPY's options, each behind an AS that may be missing. */
final class CopyStrings {
  /** A byte as {@code \ddd}. */
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private static final Pattern OCTALS = Pattern.compile("(\\\\[0-3][0-7]{2})+");

  private final TokenCursor cursor;

  CopyStrings(TokenCursor cursor) {
    this.cursor = cursor;
  }

  String string() {
    cursor.accept("AS");
    return cursor.expectString();
  }

  int number() {
    cursor.accept("AS");
    return cursor.expectInteger();
  }

  /** One character of ASCII, perhaps as {@code \t} or in octal. */
  char character() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String text = unescaped(cursor.expectString());
    if (text.length() != 1 || text.charAt(0) > 127 || text.charAt(0) == 0) {
      throw SqlRefusal.syntax(
          "a single ASCII character is needed, not '" + token.string() + "'", token.start());
    }
    return text.charAt(0);
  }

  /** One or more characters, which no line end is among. */
  String delimiter() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String text = unescaped(cursor.expectString());
    if (text.isEmpty() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw SqlRefusal.syntax(
          "DELIMITER must be one or more characters, no line end among them, not '"
              + token.string()
              + "'",
          token.start());
    }
    return text;
  }

  /** {@code \0} and {@code \000} stand for NUL; a line end cannot stand for NULL. */
  String nullText() {
    cursor.accept("AS");
    Token token = cursor.peek();
    String text = cursor.expectString();
    if (text.equals("\n") || text.equals("\\n")) {
      throw SqlRefusal.syntax("NULL AS cannot be a newline", token.start());
    }
    return text.equals("\\0") || text.equals("\\000") ? "\0" : text;
  }

  private static String unescaped(String text) {
    if (text.equals("\\t")) {
      return "\t";
    }
    if (!OCTALS.matcher(text).matches()) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher octal = OCTAL.matcher(text);
    while (octal.find()) {
      bytes.write(Integer.parseInt(octal.group(1), 8));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
