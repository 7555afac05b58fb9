package io.sluice.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.cli.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN.md's claims: the tests that it names for them are there. */
class DesignTest {
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT|Contract))(?:\\.(\\w+))?`");

  private static final List<Path> TESTS =
      List.of(Path.of("src/test/java"), Path.of("../docker/acceptance/src/test/java"));

  private static final Map<String, String> CLASSES = classes();
  private static final String DESIGN = read(Path.of("DESIGN.md"));

  /** {@code method} is null for a class as a whole. */
  record Named(String test, String method) {
    @Override
    public String toString() {
      return method == null ? test : test + "." + method;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("named")
  void everyTestThatIsNamedExists(Named named) {
    assertThat(CLASSES.keySet()).contains(named.test());
    if (named.method() != null) {
      Pattern method = Pattern.compile("(void|Stream<DynamicTest>) " + named.method() + "\\(");
      assertThat(method.matcher(CLASSES.get(named.test())).find()).isTrue();
    }
  }

  @Test
  void everyLineOfTheCrashTableNamesATest() {
    List<String> rows =
        DESIGN
            .substring(DESIGN.indexOf("## Crash table"))
            .lines()
            .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
            .filter(line -> !line.matches(".*\\| tests? \\|"))
            .toList();

    assertThat(rows)
        .hasSizeGreaterThan(25)
        .allSatisfy(row -> assertThat(NAMED.matcher(row).find()).as(row).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void everyCrashPointHasALine(CrashPoint point) {
    assertThat(DESIGN).containsOnlyOnce("`CrashPointsIT` `" + point + "`");
  }

  static Stream<Named> named() {
    return NAMED.matcher(DESIGN).results().map(DesignTest::named).distinct();
  }

  private static Named named(MatchResult match) {
    return new Named(match.group(1), match.group(2));
  }

  private static Map<String, String> classes() {
    Map<String, String> classes = new HashMap<>();
    for (Path folder : TESTS) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    classes.put(file.getFileName().toString().replace(".java", ""), read(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return classes;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
