package io.sluice.stack;

import io.sluice.stack.process.StackEndpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The stack as a program: runs until a signal or the end of the process that it belongs to.
 *
 * <p>Exit codes: 0 its parent process has ended, 1 it could not start, 2 wrong usage, 130 and 143
 * stopped by SIGINT and SIGTERM. In every one of these cases it has cleaned up.
 */
@Command(
    name = "sluice-stack",
    mixinStandardHelpOptions = true,
    versionProvider = StackMain.Version.class,
    sortOptions = false,
    description = "S3, SQS, Kinesis, DynamoDB and Redshift stand-ins in one process on 127.0.0.1.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice-stack",
      "      free ports, everything in memory; the addresses are printed",
      "  sluice-stack --kinesis-port 4567 --s3-port 9000 --sqs-port 9324",
      "      fixed ports",
      "  sluice-stack --data-directory /tmp/stack --endpoints-file /tmp/stack.properties",
      "      objects are kept on disk, the addresses are written to a file when all is ready",
      "",
      "Exit codes: 0 the parent process has ended, 1 could not start, 2 wrong usage,",
      "130 stopped by Ctrl-C, 143 stopped by SIGTERM."
    })
public final class StackMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--endpoints-file",
      paramLabel = "FILE",
      description = "Write the addresses and credentials there once everything is ready.")
  private Path endpointsFile;

  @Mixin private StackOptions options;

  @Option(
      names = "--parent-pid",
      paramLabel = "PID",
      description = "Stop when this process has ended.")
  private Long parentPid;

  private boolean stopped;

  private StackMain() {}

  /** Runs the program. */
  public static void main(String[] args) {
    // COPY reads by version 1 of the SDK; its long notice says nothing that a user can act on.
    System.setProperty("aws.java.v1.disableDeprecationAnnouncement", "true");
    // In a folder of its own, or it would configure the logging of all who have this jar for tests.
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/sluice/stack/logback.xml");
    }
    System.exit(
        new CommandLine(new StackMain())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(StackMain::explain)
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    StackSettings settings = settings();
    prepareEndpointsFile();
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Stack> started = new CompletableFuture<>();
    // A signal that comes while the stack starts waits for it: nothing may be left behind.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopWhenStarted(started), "stop-stack"));
    try (Stack stack = start(settings, started)) {
      publish(stack, (System.nanoTime() - begun) / 1_000_000);
      followParent(end);
      end.await();
      stop(stack);
      return 0;
    }
  }

  private static Stack start(StackSettings settings, CompletableFuture<Stack> started) {
    try {
      Stack stack = Stack.start(settings);
      started.complete(stack);
      return stack;
    } catch (RuntimeException e) {
      started.cancel(false);
      throw e;
    }
  }

  /**
   * Nobody is to take an earlier run's addresses for this one's, and a wrong path is told first.
   */
  private void prepareEndpointsFile() throws IOException {
    if (endpointsFile == null) {
      return;
    }
    Path folder = endpointsFile.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(endpointsFile);
    } catch (IOException e) {
      throw new IOException(
          "--endpoints-file %s cannot be written: %s".formatted(endpointsFile, e), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "--endpoints-file %s cannot be written: %s is not writable"
              .formatted(endpointsFile, folder));
    }
  }

  private StackSettings settings() {
    try {
      return options.settings();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void followParent(CountDownLatch end) {
    if (parentPid == null) {
      return;
    }
    CompletableFuture<ProcessHandle> unused =
        ProcessHandle.of(parentPid)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .whenComplete((parent, failure) -> end.countDown());
  }

  private void stopWhenStarted(CompletableFuture<Stack> started) {
    try {
      stop(started.join());
    } catch (CancellationException e) {
      // It never started, and has cleaned up behind itself.
    }
  }

  /** A stop that came first is not to leave the file behind. */
  private synchronized void publish(Stack stack, long millis) throws IOException {
    if (stopped) {
      return;
    }
    print(stack.endpoints(), millis);
    if (endpointsFile != null) {
      stack.endpoints().write(endpointsFile);
    }
  }

  /** The file goes first: nobody is to find addresses behind which nothing answers. */
  private synchronized void stop(Stack stack) {
    stopped = true;
    try {
      if (endpointsFile != null) {
        Files.deleteIfExists(endpointsFile);
      }
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot remove " + endpointsFile + ": " + e);
    } finally {
      stack.close();
    }
  }

  private void print(StackEndpoints endpoints, long millis) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("The stack is ready after %.1f s.%n%n", millis / 1000.0);
    line(out, "S3", endpoints.s3());
    line(out, "SQS", endpoints.sqs());
    line(out, "Kinesis", endpoints.kinesis());
    line(out, "DynamoDB", endpoints.dynamodb());
    endpoints
        .redshift()
        .ifPresent(
            redshift -> {
              line(out, "Redshift", redshift.url());
              line(out, "  login", redshift.user() + "  " + redshift.password());
              redshift.caFile().ifPresent(file -> line(out, "  for TLS", file));
            });
    line(out, "Faults", endpoints.control() + "  (curl it)");
    out.println();
    line(out, "Region", endpoints.region());
    line(out, "Access key", endpoints.accessKey() + "  (any other works as well)");
    line(out, "Secret key", endpoints.secretKey());
    if (endpointsFile != null) {
      out.println();
      line(out, "All this in", endpointsFile.toAbsolutePath());
    }
    out.printf("%nStop it with Ctrl-C or: kill %d%n", ProcessHandle.current().pid());
    out.flush();
  }

  private static void line(PrintWriter out, String what, Object value) {
    out.printf("  %-12s %s%n", what, value);
  }

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof StackException || e instanceof IOException) {
      command.getErr().println("sluice-stack: " + e.getMessage());
      return 1;
    }
    throw e;
  }

  /** The version that the build has written into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = StackMain.class.getPackage().getImplementationVersion();
      return new String[] {"sluice-stack " + (version == null ? "(not packaged)" : version)};
    }
  }
}
