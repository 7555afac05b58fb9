package io.sluice.acceptance.badweek;

import io.sluice.acceptance.pipeline.Pipeline;
import io.sluice.acceptance.pipeline.Pipeline.Ended;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the operator sits: what is typed there, and what comes of it, is shown as it is. */
final class Desk {
  private static final int LINES = 400;

  private final Pipeline pipeline;
  private final PrintStream out;

  Desk(Pipeline pipeline, PrintStream out) {
    this.pipeline = pipeline;
    this.out = out;
  }

  void day(String title) {
    out.println();
    out.println("## " + title);
  }

  /** Tells what happens elsewhere. */
  void tell(String words) {
    out.println();
    out.println("# " + words);
  }

  /** Types a command of the loader, which must end so. */
  String type(int exitCode, String... arguments) {
    String typed = Arrays.stream(arguments).map(Desk::quoted).collect(Collectors.joining(" "));
    out.println();
    out.println("$ sluice-loader " + typed);
    Ended ended = pipeline.command(arguments);
    ended.words().lines().forEach(out::println);
    if (ended.exitCode() != exitCode) {
      throw new IllegalStateException(
          "sluice-loader %s ended with %d and not %d".formatted(typed, ended.exitCode(), exitCode));
    }
    if (exitCode != 0) {
      out.println("(exit code " + exitCode + ")");
    }
    return ended.words();
  }

  /** Types a statement into the warehouse. */
  void sql(String statement) {
    out.println();
    out.println("dev=# " + statement + ";");
    try (Connection connection = pipeline.clients().warehouse();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  /** Shows the newest line of the loader's log that has these words. */
  void showLog(String words) {
    String line =
        log(words)
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () -> new IllegalStateException("the loader's log has no '" + words + "'"));
    out.println();
    out.println("$ journalctl -u sluice-loader -n 1 -g '" + words + "'");
    out.println(line);
  }

  /** Whether a line of the loader's log has these words. */
  boolean logHas(String words) {
    return log(words).findAny().isPresent();
  }

  private Stream<String> log(String words) {
    return pipeline.loader().logTail(LINES).lines().filter(line -> line.contains(words));
  }

  private static String quoted(String argument) {
    return argument.contains(" ") ? "'" + argument + "'" : argument;
  }
}
