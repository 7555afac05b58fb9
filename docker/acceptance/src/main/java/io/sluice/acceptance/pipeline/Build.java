package io.sluice.acceptance.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the build has put what users install.
 *
 * @param root the project's folder
 * @param version the project's version
 */
public record Build(Path root, String version) {
  /**
   * The build that this JVM was told of by the system properties {@code sluice.root} and {@code
   * sluice.version}.
   */
  public static Build current() {
    return new Build(Path.of(property("sluice.root")), property("sluice.version"));
  }

  /** The stand-ins' runnable jar. */
  public Path stackJar() {
    return built("docker/stack/target/sluice-stack-" + version + "-all.jar");
  }

  /** The writer's jar for spark-submit. */
  public Path writerJar() {
    return built("writer/target/sluice-writer-" + version + "-all.jar");
  }

  /** The loader's launcher. */
  public Path loader() {
    built("loader/target/sluice-loader-" + version + "-all.jar");
    return built("loader/bin/sluice-loader");
  }

  /** The Spark home's spark-submit. */
  public Path sparkSubmit() {
    return built("docker/spark/target/spark-home/bin/spark-submit");
  }

  /** Settings, table and records of the earthquakes. */
  public Path earthquakes(String file) {
    return built("docker/earthquakes/" + file);
  }

  /** What quick start and tests need, for a look before anything is started. */
  public List<Path> all() {
    return List.of(stackJar(), writerJar(), loader(), sparkSubmit());
  }

  private Path built(String relative) {
    Path path = root.resolve(relative);
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing: build it by mvn -B package -DskipTests");
    }
    return path;
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "the system property " + name + " is not set: the build sets it");
    }
    return value;
  }
}
