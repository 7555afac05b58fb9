package io.sluice.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar for spark-submit: what it names is in it, and what Spark brings is not. */
class WriterJarIT {
  private static JarFile jar;
  private static Set<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(path().toFile());
    names = jar.stream().map(ZipEntry::getName).collect(toSet());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  /** The jar in the build's output. */
  static Path path() {
    return Path.of(System.getProperty("sluice.root"), "writer", "target")
        .resolve("sluice-writer-%s-all.jar".formatted(System.getProperty("sluice.version")));
  }

  /** The SDK and the service loader find these classes by their names in text. */
  @Test
  void everyClassThatIsNamedInATextIsThere() {
    List<String> naming =
        names.stream()
            .filter(name -> name.matches(".*/request\\.handler2?s|META-INF/services/.+"))
            .sorted()
            .toList();
    List<String> missing =
        naming.stream()
            .flatMap(
                file ->
                    lines(file)
                        .filter(name -> !names.contains(name.replace('.', '/') + ".class"))
                        .map(name -> file + " names " + name))
            .toList();

    assertThat(missing).isEmpty();
    assertThat(naming)
        .anyMatch(name -> name.endsWith("/request.handlers"))
        .anyMatch(name -> name.endsWith("/request.handler2s"))
        // Leads the KCL to another DynamoDB; the SDK looks for it under its own, relocated name.
        .contains("io/sluice/writer/shaded/com/amazonaws/global/handlers/request.handler2s")
        .anyMatch(name -> name.startsWith("META-INF/services/"));
  }

  /** Spark and its clusters have versions of their own of these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/amazonaws/",
        "com/fasterxml/",
        "com/google/common/",
        "com/google/protobuf/",
        "com/google/thirdparty/",
        "com/typesafe/",
        "org/apache/commons/",
        "org/apache/http/",
        "org/apache/spark/streaming/kinesis/",
        "org/joda/"
      })
  void librariesThatSparkHasTooAreRelocated(String prefix) {
    assertThat(classesIn(prefix)).isEmpty();
    assertThat(classesIn("io/sluice/writer/shaded/" + prefix)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"org/apache/spark/", "org/apache/hadoop/", "org/slf4j/", "scala/", "com/github/"})
  void whatSparkBringsIsNotThere(String prefix) {
    assertThat(classesIn(prefix)).isEmpty();
  }

  @Test
  void nothingOfTheTestsIsInIt() {
    assertThat(classesIn("org/junit/")).isEmpty();
    assertThat(classesIn("org/assertj/")).isEmpty();
    assertThat(classesIn("io/sluice/stack/")).isEmpty();
  }

  private static List<String> classesIn(String prefix) {
    return names.stream()
        .filter(name -> name.startsWith(prefix) && name.endsWith(".class"))
        .toList();
  }

  private static Stream<String> lines(String file) {
    try (InputStream in = jar.getInputStream(jar.getEntry(file))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
