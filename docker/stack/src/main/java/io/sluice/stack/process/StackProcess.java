package io.sluice.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack as a process of its own, ready when {@link #start} returns. It also ends by itself when
 * this JVM is gone.
 */
public final class StackProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  private final ChildProcess process;
  private final StackEndpoints endpoints;

  private StackProcess(ChildProcess process, StackEndpoints endpoints) {
    this.process = process;
    this.endpoints = endpoints;
  }

  /**
   * Starts the stack and waits until it is ready.
   *
   * @param jar the runnable jar, see {@link #builtJar}
   * @param directory holds the stack's log and endpoints file
   * @param jvmOptions options such as {@code -Xmx512m}
   * @param arguments options of the stack; {@code --help} lists them
   * @throws IllegalStateException with the end of the log, if it does not become ready
   */
  public static StackProcess start(
      Path jar, Path directory, List<String> jvmOptions, List<String> arguments) {
    Path endpointsFile = directory.resolve("stack.properties");
    List<String> command = new ArrayList<>();
    command.add(ChildProcess.java().toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of("--endpoints-file", endpointsFile.toString()));
    command.addAll(List.of("--parent-pid", String.valueOf(ProcessHandle.current().pid())));
    command.addAll(arguments);
    try {
      // A file of an earlier run would be taken for this one's.
      Files.deleteIfExists(endpointsFile);
      ChildProcess process =
          ChildProcess.start(
              new ChildProcess.Spec("stack", command, directory.resolve("stack.log")));
      return new StackProcess(process, awaitEndpoints(process, endpointsFile));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the stack in " + directory, e);
    }
  }

  /** Starts the built stack with the JVM's defaults and free ports. */
  public static StackProcess start(Path directory) {
    return start(builtJar(), directory, List.of(), List.of());
  }

  /**
   * The runnable jar in the build's output, found by the system properties {@code sluice.root} (the
   * project's folder) and {@code sluice.version}, which the build gives to integration tests.
   *
   * @throws IllegalStateException if the properties are not set or the jar is not built
   */
  public static Path builtJar() {
    Path jar =
        Path.of(property("sluice.root"), "docker", "stack", "target")
            .resolve("sluice-stack-%s-all.jar".formatted(property("sluice.version")));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          jar + " is not built: run mvn -pl docker/stack -am package first");
    }
    return jar;
  }

  /** Where its parts are reached. */
  public StackEndpoints endpoints() {
    return endpoints;
  }

  /** The process, to look at its log, stop it or kill it. */
  public ChildProcess process() {
    return process;
  }

  /** Stops it. */
  @Override
  public void close() {
    process.close();
  }

  private static StackEndpoints awaitEndpoints(ChildProcess process, Path file) throws IOException {
    try {
      process.await("it had written " + file, READY_WITHIN, () -> Files.exists(file));
      return StackEndpoints.read(file);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException("the system property " + name + " is not set");
    }
    return value;
  }
}
