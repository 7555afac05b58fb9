package io.sluice.stack.redshift.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stops the database if this JVM dies without a word, as by SIGKILL: PostgreSQL runs detached and
 * would live on. A small shell, detached as well, looks every second whether both are there, and
 * ends with the database.
 */
final class OrphanWatch {
  /**
   * A fast shutdown, for half a minute at most (a process that nobody buries is never seen to end),
   * then the temporary data. A Ctrl-C at the terminal reaches the shell as well and must not end it
   * before.
   */
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      (
        tries=0
        while kill -0 "$1" && [ $tries -lt 30 ]; do
          if ! kill -0 "$2"; then
            kill -INT "$1"
            tries=$((tries + 1))
          fi
          sleep 1
        done
        [ -z "$3" ] || kill -0 "$2" || rm -rf "$3"
      ) &
      """;

  private OrphanWatch() {}

  /**
   * Watches over a database to its end.
   *
   * @param postmaster its process
   * @param temporary the folder that is of no use without it, if there is one
   */
  static void over(long postmaster, Optional<Path> temporary) throws IOException {
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            SCRIPT,
            "sluice-orphan-watch",
            Long.toString(postmaster),
            Long.toString(ProcessHandle.current().pid()),
            temporary.map(Path::toString).orElse(""));
    new ProcessBuilder(command)
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
