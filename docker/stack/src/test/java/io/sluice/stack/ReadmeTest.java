package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README's claims about what is like AWS: each names its tests, and they are there. */
class ReadmeTest {
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final String TESTS = sources();

  /** A row of one of the tables whose last column is "test". */
  record Row(String claim, String tests) {
    @Override
    public String toString() {
      return claim;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void everyRowNamesTestsThatExist(Row row) {
    Matcher names = NAME.matcher(row.tests());
    List<String> named = names.results().map(result -> result.group(1)).toList();

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            name ->
                assertThat(TESTS)
                    .containsPattern("(class|void|boolean) %s\\b".formatted(Pattern.quote(name))));
  }

  static Stream<Row> rows() throws IOException {
    List<Row> rows = new java.util.ArrayList<>();
    boolean tests = false;
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      List<String> cells =
          Arrays.stream(line.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
      if (!line.startsWith("|")) {
        tests = false;
      } else if (cells.get(cells.size() - 2).equals("test")) {
        tests = true;
      } else if (tests && !line.startsWith("|---") && !cells.get(1).equals("Not there")) {
        rows.add(
            new Row(
                String.join(" ", cells.subList(1, cells.size() - 2)), cells.get(cells.size() - 2)));
      }
    }
    assertThat(rows).hasSizeGreaterThan(50);
    return rows.stream();
  }

  private static String sources() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ReadmeTest::read)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
