package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentConverterTest {
  private final MomentConverter converter =
      new MomentConverter(Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T05:12:30Z, 2026-11-22T05:12:30Z",
    "2026-11-22T05:12:30+02:00, 2026-11-22T03:12:30Z",
    "2026-11-22T05:12:30, 2026-11-22T05:12:30Z",
    "2026-11-22T05:12, 2026-11-22T05:12:00Z",
    "2026-11-22, 2026-11-22T00:00:00Z",
    "now, 2026-11-22T12:00:00Z",
    "2h ago, 2026-11-22T10:00:00Z",
    "3 days ago, 2026-11-19T12:00:00Z",
  })
  void readsEveryForm(String text, Instant moment) {
    assertThat(converter.convert(text)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "2026-13-01", "soon ago", "", "12"})
  void saysWhatAMomentMayBe(String text) {
    assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void namesTheWrongValue() {
    assertThatThrownBy(() -> converter.convert("yesterday"))
        .hasMessage(
            "'yesterday' is no moment: use 2026-11-22T05:12:30Z, 2026-11-22, '2h ago' or now");
  }
}
