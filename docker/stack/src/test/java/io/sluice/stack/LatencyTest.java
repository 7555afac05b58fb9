package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.StackSettings.Reach;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LatencyTest {
  @Test
  void readsMillisecondsAndSeconds() {
    assertThat(new Latency().convert("20ms")).isEqualTo(Duration.ofMillis(20));
    assertThat(new Latency().convert("2s")).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "ms", "-1ms", "1.5s", "1m"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> new Latency().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("not a time such as 20ms or 1s: '" + text + "'");
  }

  @Test
  void aStackWithoutFrontsStaysOnThisMachine() {
    StackSettings open = StackSettings.defaults().withHost("0.0.0.0");

    assertThatThrownBy(() -> open.withReach(Reach.BARE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("without fronts the stack is reached from this machine only, not at 0.0.0.0");
  }
}
