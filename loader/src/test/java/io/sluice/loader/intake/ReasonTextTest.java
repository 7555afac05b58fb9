package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTextTest {
  @Test
  void replacesWhatSqsForbids() {
    assertThat(ReasonText.of("a\0b\uFFFEc\uD83Dd\te\u00e9\uD83D\uDE00"))
        .isEqualTo("a?b?c?d\te\u00e9\uD83D\uDE00");
  }

  @Test
  void cutsBetweenCharacters() {
    String faces = "\uD83D\uDE00".repeat(2000);

    assertThat(ReasonText.of("x" + faces)).isEqualTo("x" + faces.substring(0, 999 * 2));
  }

  @Test
  void isNeverEmpty() {
    assertThat(ReasonText.of(" ")).isEqualTo("no reason was given");
  }
}
