package io.sluice.loader.intake;

/**
 * A reason as SQS takes it for an attribute: at most 1,000 characters, and none that its protocol
 * forbids. A reason may quote a message, and one that SQS refuses would keep the message coming.
 * See "SendMessage" in the Amazon SQS API Reference.
 */
final class ReasonText {
  /** SQS takes more, but a reason is for people. */
  private static final int LONGEST = 1000;

  private static final int REPLACEMENT = '?';

  private ReasonText() {}

  static String of(String reason) {
    if (reason.isBlank()) {
      return "no reason was given";
    }
    StringBuilder text = new StringBuilder();
    reason
        .codePoints()
        .limit(LONGEST)
        .map(point -> isAllowed(point) ? point : REPLACEMENT)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean isAllowed(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
