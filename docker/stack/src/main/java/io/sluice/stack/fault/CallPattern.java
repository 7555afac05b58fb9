package io.sluice.stack.fault;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which calls an order is for.
 *
 * @param operation the action's name; {@code *} stands for any run of characters
 * @param resource what the call is about, see {@link Call}; {@code *} stands for any run of
 *     characters, {@code /} included
 * @param status only answers with this HTTP status
 */
public record CallPattern(String operation, String resource, OptionalInt status) {
  /** Every call. */
  public static final CallPattern ANY = new CallPattern("*", "*", OptionalInt.empty());

  public CallPattern {
    requireNonNull(operation, "operation");
    requireNonNull(resource, "resource");
    requireNonNull(status, "status");
  }

  /** Whether calls of this action can be among these. */
  boolean fitsOperation(String name) {
    return fits(operation, name);
  }

  /** Whether the call is one of these. A pattern with a status fits no call without an answer. */
  public boolean fits(Call call) {
    return (status.isEmpty() || status.equals(call.status()))
        && fits(operation, call.operation())
        && fits(resource, call.resource());
  }

  private static boolean fits(String pattern, String text) {
    if (pattern.equals("*")) {
      return true;
    }
    return Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", Pattern.DOTALL)
        .matcher(text)
        .matches();
  }
}
