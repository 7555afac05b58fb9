package io.sluice.writer.map.json;

import java.nio.charset.StandardCharsets;

/** Values as messages show them: shortened, for the whole record stands beside the reason. */
public final class Shown {
  private static final int MAX_VALUE = 64;
  private static final int MAX_MESSAGE = 500;

  private Shown() {}

  /** A value of a record: texts in quotes, the rest as it stands there. */
  public static String value(Token value) {
    String quote = value.kind() == Kind.TEXT || value.kind() == Kind.ESCAPED ? "\"" : "";
    int length = Math.min(value.length(), MAX_VALUE);
    String text =
        new String(value.bytes(), value.from(), length, StandardCharsets.UTF_8)
            .replace("\uFFFD", "");
    return quote + text + (length < value.length() ? "..." : quote);
  }

  /** A message that others wrote. */
  public static String shortened(String message) {
    return message == null || message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE) + "...";
  }
}
