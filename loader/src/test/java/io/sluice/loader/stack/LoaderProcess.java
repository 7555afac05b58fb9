package io.sluice.loader.stack;

import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The built loader as a process of its own, run by its launcher script. */
public final class LoaderProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LoaderStack stack;
  private final Path folder;
  private int started;

  /** Logs go into {@code folder}. */
  public LoaderProcess(LoaderStack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  /** Starts {@code sluice-loader} with these arguments. */
  public ChildProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  /** The same with more in its environment. */
  public ChildProcess start(Map<String, String> environment, String... arguments) {
    started++;
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("AWS_ACCESS_KEY_ID", stack.endpoints().accessKey());
    all.put("AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey());
    all.put("SLUICE_LOADER_OPTS", "-Xmx256m");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("sluice.root"), "loader/bin/sluice-loader").toString());
    command.addAll(List.of(arguments));
    return ChildProcess.start(
        new ChildProcess.Spec(
            "loader", command, all, folder.resolve("loader-" + started + ".log")));
  }

  /** Runs to the end and returns the exit code, a colon, and what was said. */
  public String run(String... arguments) {
    try (ChildProcess process = start(arguments)) {
      int code = process.awaitExit(PATIENCE);
      return code + ": " + log(process);
    }
  }

  /** All that a process has said. */
  public static String log(ChildProcess process) {
    try {
      return Files.readString(process.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
