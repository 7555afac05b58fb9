package io.sluice.acceptance.faults;

import io.sluice.acceptance.pipeline.Build;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts writers by spark-submit. */
final class WriterStarts {
  /** Drivers and executors live for seconds here: the time to their first commit is what counts. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final Map<String, String> USUAL =
      Map.of(
          "spark.driver.memory", "512m",
          "spark.executor.memory", "512m",
          "spark.driver.extraJavaOptions", QUICK,
          "spark.executor.extraJavaOptions", QUICK,
          "spark.task.maxFailures", "4",
          "spark.speculation", "true",
          "spark.speculation.quantile", "0.5");

  private final EventPipeline pipeline;
  private final SparkHome home;

  WriterStarts(EventPipeline pipeline, SparkHome home) {
    this.pipeline = pipeline;
    this.home = home;
  }

  /** The writer's jar, as it was built. */
  static Path jar() {
    return Build.current().writerJar();
  }

  /** The same code as a release of another name. */
  Path otherJar() {
    Path other = pipeline.logs().resolve("release/another-writer.jar");
    try {
      Files.createDirectories(other.getParent());
      return Files.exists(other) ? other : Files.copy(jar(), other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one.
   *
   * @param spark settings of Spark on top of the usual ones
   */
  WriterRun start(
      String name, Place place, Path jar, WriterSettings settings, Map<String, String> spark) {
    List<String> command =
        new ArrayList<>(List.of("bash", home.submit().toString(), "--master", place.master()));
    Map<String, String> conf = new TreeMap<>(USUAL);
    conf.putAll(spark);
    conf.forEach((setting, value) -> command.addAll(List.of("--conf", setting + "=" + value)));
    command.addAll(
        List.of(
            "--class",
            "io.sluice.writer.WriterApp",
            jar.toString(),
            "--config",
            pipeline.config(name, settings).toString()));
    ChildProcess driver =
        ChildProcess.start(
            new ChildProcess.Spec(
                name, command, pipeline.environment(), pipeline.logs().resolve(name + ".log")));
    return new WriterRun(driver, place, settings);
  }
}
