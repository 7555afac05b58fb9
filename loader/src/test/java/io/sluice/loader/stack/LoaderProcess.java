package io.sluice.loader.stack;

import static org.awaitility.Awaitility.await;

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
public final class LoaderProcess implements AutoCloseable {
  /** For whatever a loader is to do soon. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A process that lives for seconds is not worth an optimizing compiler. */
  private static final String JVM_OPTIONS = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final ChildProcess process;

  private LoaderProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts {@code sluice-loader} with these arguments and more in its environment. */
  static LoaderProcess start(
      LoaderStack stack, Path log, Map<String, String> environment, List<String> arguments) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("AWS_ACCESS_KEY_ID", stack.endpoints().accessKey());
    all.put("AWS_SECRET_ACCESS_KEY", stack.endpoints().secretKey());
    all.put("SLUICE_LOADER_OPTS", JVM_OPTIONS);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("sluice.root"), "loader/bin/sluice-loader").toString());
    command.addAll(arguments);
    return new LoaderProcess(
        ChildProcess.start(new ChildProcess.Spec("loader", command, all, log)));
  }

  /** All that it has said. */
  public String log() {
    try {
      return Files.readString(process.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said this. */
  public LoaderProcess awaitLog(String words) {
    process.await("it had said '" + words + "'", PATIENCE, () -> log().contains(words));
    return this;
  }

  /** Waits until it is past the checks at the start, which would meet locks and faults, too. */
  public LoaderProcess awaitReady() {
    return awaitLog("loading [");
  }

  public long pid() {
    return process.pid();
  }

  /** Sends SIGTERM and does not wait. */
  public void askToStop() {
    ProcessHandle.of(process.pid()).orElseThrow().destroy();
  }

  /** Sends SIGHUP and waits until it has said this. */
  public void hangUp(String expected) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-HUP", Long.toString(pid())).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -HUP ended with " + code);
    }
    await().atMost(PATIENCE).until(() -> log().contains(expected));
  }

  /** Stops it by SIGTERM and returns its exit code. */
  public int stop() {
    return process.terminate(PATIENCE);
  }

  /** The exit code, once it has ended. */
  public int awaitExit() {
    return process.awaitExit(PATIENCE);
  }

  /** Kills it (SIGKILL). */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
