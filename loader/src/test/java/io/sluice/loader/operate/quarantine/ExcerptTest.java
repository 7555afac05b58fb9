package io.sluice.loader.operate.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.loader.operate.quarantine.Excerpt.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void showsALineWithThreeBeforeAndBehindIt() throws IOException {
    assertThat(Excerpt.around(numbered(10), List.of(5L)))
        .extracting(Line::number, Line::isMeant, Line::text)
        .containsExactly(
            tuple(2L, false, "line 2"),
            tuple(3L, false, "line 3"),
            tuple(4L, false, "line 4"),
            tuple(5L, true, "line 5"),
            tuple(6L, false, "line 6"),
            tuple(7L, false, "line 7"),
            tuple(8L, false, "line 8"));
  }

  @Test
  void showsWhatTheFileHasAtItsEnds() throws IOException {
    assertThat(Excerpt.around(numbered(3), List.of(1L))).hasSize(3);
    assertThat(Excerpt.around(numbered(3), List.of(3L))).hasSize(3);
    assertThat(Excerpt.around(numbered(3), List.of(9L))).isEmpty();
    assertThat(Excerpt.around(text("a\nb"), List.of(2L)))
        .extracting(Line::text)
        .containsExactly("a", "b");
  }

  @Test
  void showsLinesThatAreNearEachOtherOnce() throws IOException {
    assertThat(Excerpt.around(numbered(20), List.of(4L, 6L, 15L)))
        .extracting(Line::number)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
  }

  @Test
  void readsNoFurtherThanTheLastLine() throws IOException {
    InputStream text = numbered(1000);

    Excerpt.around(text, List.of(1L));

    assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).startsWith("line 5\n");
  }

  @Test
  void cutsWhatIsLongAndTakesOutWhatUpsetsATerminal() throws IOException {
    InputStream text = text("x".repeat(5000) + "\n\u001b[31mred\tü\r\n");

    List<Line> lines = Excerpt.around(text, List.of(1L));

    assertThat(lines.get(0).text()).isEqualTo("x".repeat(2000) + " ...");
    assertThat(lines.get(1).text()).isEqualTo("\uFFFD[31mred\tü");
  }

  private static InputStream numbered(int lines) {
    return text(
        IntStream.rangeClosed(1, lines)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining()));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
