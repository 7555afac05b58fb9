package io.sluice.acceptance.faults;

import io.sluice.acceptance.pipeline.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spark home of a test's own, with the jars of the built one: Spark's workers keep the logs of
 * their executors and copies of the application's jar in it.
 */
record SparkHome(Path folder) {
  /** Makes one in {@code folder}. */
  static SparkHome make(Build build, Path folder) {
    Path built = build.root().resolve("docker/spark/target/spark-home");
    try {
      Files.createDirectories(folder.resolve("bin"));
      Files.createSymbolicLink(folder.resolve("jars"), built.resolve("jars"));
      Files.createSymbolicLink(folder.resolve("conf"), built.resolve("conf"));
      for (String file : List.of("RELEASE", "bin/spark-submit")) {
        Files.copy(built.resolve(file), folder.resolve(file));
      }
      return new SparkHome(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a Spark home in " + folder, e);
    }
  }

  /** The command that submits an application. */
  Path submit() {
    return folder.resolve("bin/spark-submit");
  }

  /** Removes the copies of the application's jar, which are large, and leaves the logs. */
  void removeJars() {
    Path work = folder.resolve("work");
    if (!Files.isDirectory(work)) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.deleteIfExists(jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean " + work + " up", e);
    }
  }
}
