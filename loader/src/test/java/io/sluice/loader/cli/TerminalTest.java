package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.loader.cli.output.Style;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalTest {
  /** By which picocli can be told to colour, or not to. */
  private static final String ANSI = "picocli.ansi";

  private final String before = System.getProperty(ANSI);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ANSI);
    } else {
      System.setProperty(ANSI, before);
    }
  }

  @Test
  void followsWhatIsSaidOfColours() {
    System.setProperty(ANSI, "true");
    assertThat(Terminal.style()).isEqualTo(Style.COLOURED);
    System.setProperty(ANSI, "false");
    assertThat(Terminal.style()).isEqualTo(Style.PLAIN);
  }

  @Test
  void clearsNothingButATerminal() {
    assertThat(Terminal.isThere()).isFalse();
    assertThat(Terminal.clear()).isEmpty();
  }
}
