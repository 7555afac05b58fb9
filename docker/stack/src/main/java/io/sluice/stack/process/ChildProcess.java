package io.sluice.stack.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A program that this JVM has started. Its output goes to a log file; it ends with this JVM,
 * however this JVM ends in an orderly way, and takes the processes that it started itself with it
 * when it is killed. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int TAIL_LINES = 40;
  private static final int TAIL_BYTES = 64 << 10;

  private final String name;
  private final Path log;
  private final Process process;
  private final Thread shutdownHook;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.shutdownHook = new Thread(this::endWithJvm, "end-" + name);
  }

  /**
   * What to start.
   *
   * @param name what messages call it
   * @param command the program and its arguments
   * @param environment variables set on top of this JVM's own
   * @param log the file that its standard output and error are appended to
   */
  public record Spec(String name, List<String> command, Map<String, String> environment, Path log) {
    /** Copies the collections. */
    public Spec {
      requireNonNull(name, "name");
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      requireNonNull(log, "log");
    }

    /** A command in this JVM's environment. */
    public Spec(String name, List<String> command, Path log) {
      this(name, command, Map.of(), log);
    }

    /** The same with one more variable. */
    public Spec with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new Spec(name, command, more, log);
    }
  }

  /**
   * Starts a program.
   *
   * @throws UncheckedIOException if it cannot be started
   */
  public static ChildProcess start(Spec spec) {
    ProcessBuilder builder = new ProcessBuilder(spec.command()).redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    try {
      if (spec.log().getParent() != null) {
        Files.createDirectories(spec.log().getParent());
      }
      Process process =
          builder
              .redirectInput(Redirect.PIPE)
              .redirectOutput(Redirect.appendTo(spec.log().toFile()))
              .start();
      ChildProcess child = new ChildProcess(spec.name(), spec.log(), process);
      child.endWithThisJvm();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + spec.name(), e);
    }
  }

  /** The {@code java} of this JVM. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** What messages call it. */
  public String name() {
    return name;
  }

  /** The file with its output. */
  public Path log() {
    return log;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code, 128 + n if signal n ended it; empty while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Completes when it has ended. */
  public CompletableFuture<ChildProcess> onExit() {
    return process.onExit().thenApply(ended -> this);
  }

  /**
   * Waits until a condition holds.
   *
   * @param what the condition in words, for the message
   * @throws IllegalStateException with the end of the log, if the process ends first or the time is
   *     over
   */
  public void await(String what, Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (hasExitedWithin(POLL) && !condition.getAsBoolean()) {
        throw failure("ended with exit code " + process.exitValue() + " before " + what);
      }
      if (System.nanoTime() > deadline) {
        throw failure("did not come to this within " + timeout + ": " + what);
      }
    }
  }

  /**
   * Waits for its end.
   *
   * @return the exit code
   * @throws IllegalStateException with the end of the log, if it still runs when the time is over
   */
  public int awaitExit(Duration timeout) {
    if (!hasExitedWithin(timeout)) {
      throw failure("still runs after " + timeout);
    }
    return process.exitValue();
  }

  /**
   * Asks it to end (SIGTERM) and kills it with its children if it has not within the grace time.
   *
   * @return the exit code
   */
  public int terminate(Duration grace) {
    process.destroy();
    return hasExitedWithin(grace) ? process.exitValue() : kill();
  }

  /**
   * Kills it and the processes that it started (SIGKILL), without a chance to clean up.
   *
   * @return the exit code
   */
  public int kill() {
    destroyTree();
    return awaitExit(GRACE);
  }

  /** The last lines of its output. */
  public String logTail() {
    return logTail(TAIL_LINES);
  }

  /** So many last lines of its output, of the last 64 KiB at most. */
  public String logTail(int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] end = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(end);
      List<String> all = new String(end, UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Ends it: asks first, kills after ten seconds. */
  @Override
  public void close() {
    terminate(GRACE);
  }

  private void endWithThisJvm() {
    try {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      destroyTree();
      throw new IllegalStateException("this JVM is ending, " + name + " was not kept", e);
    }
    CompletableFuture<Void> unused = process.onExit().thenRun(this::forgetShutdownHook);
  }

  private void forgetShutdownHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException alreadyEnding) {
      // The hooks are running: there is nothing left to forget.
    }
  }

  /** Asks first, so that it can clean up behind itself, but lets nobody wait for long. */
  private void endWithJvm() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private void destroyTree() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean hasExitedWithin(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException(
        "%s (pid %d) %s; its log %s ends:%n%s".formatted(name, pid(), what, log, logTail()));
  }
}
