package io.sluice.acceptance.quickstart;

import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Resources;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.stack.process.StackEndpoints;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The quick start's two ends for a pipeline that something else runs, such as {@code
 * docker/compose.yaml}: {@code prepare} makes what it needs, {@code feed} puts the earthquakes and
 * looks on until the warehouse has them.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "The two ends of the earthquakes' pipeline.")
public final class Demo {
  private static final int SHARDS = 2;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @Option(
      names = "--endpoints-file",
      paramLabel = "FILE",
      required = true,
      description = "The file in which the stack tells its addresses.")
  private Path endpointsFile;

  @Option(
      names = "--earthquakes",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder with table.sql and earthquakes.jsonl.gz.")
  private Path earthquakes;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Demo())
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  command.getErr().println("demo: " + e.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Command(description = "Makes stream, bucket, queues and table.")
  int prepare() throws IOException, SQLException {
    try (Resources resources = resources()) {
      out.printf(
          "stream %s, batch folder %s, queue %s and table %s are there%n",
          Resources.STREAM, resources.batchFolder(), resources.queueUrl(), Resources.TABLE);
      return 0;
    }
  }

  @Command(description = "Puts the earthquakes; ends with 0 if each arrives exactly once.")
  int feed() throws IOException, SQLException {
    List<String> real = Earthquakes.real(earthquakes.resolve("earthquakes.jsonl.gz"));
    try (Resources resources = resources();
        Feeding feeding = new Feeding(resources, real, 0)) {
      Watch watch = new Watch(new Progress(out, false, real.size()), real.size(), Demo::pause);
      Stages stages = watch.until(feeding, resources);
      return new Report(out, resources).verdict(feeding.put(), stages, real.size());
    }
  }

  private Resources resources() throws IOException, SQLException {
    return Resources.make(
        StackEndpoints.read(endpointsFile), earthquakes.resolve("table.sql"), SHARDS);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
