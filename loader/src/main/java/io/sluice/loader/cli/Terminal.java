package io.sluice.loader.cli;

import io.sluice.loader.cli.output.Style;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine.Help.Ansi;

/** Whether a person looks at the answer. */
final class Terminal {
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private Terminal() {}

  /**
   * Whether stdin and stdout are a terminal. From Java 22 on there is a console without one, which
   * can be asked for it.
   */
  @SuppressWarnings("SystemConsoleNull") // Both are asked for.
  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  /**
   * Colours on a terminal, unless the environment says otherwise, by {@code NO_COLOR} above all.
   */
  static Style style() {
    return Ansi.AUTO.enabled() ? Style.COLOURED : Style.PLAIN;
  }

  /** What empties a terminal; nothing elsewhere. See ECMA-48, "CUP" and "ED". */
  static String clear() {
    return isThere() ? CLEAR : "";
  }
}
