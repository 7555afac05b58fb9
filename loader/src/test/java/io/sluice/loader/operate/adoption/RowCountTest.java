package io.sluice.loader.operate.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.FileFormat.Format;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountTest {
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "CSV,       §§,                              0",
        "CSV,       §a^b^§,                          2",
        "CSV,       §a^b§,                           2",
        "CSV,       §a^^b^§,                         3",
        "CSV,       §1|\"two^lines\"^2|x^§,          2",
        "CSV,       §1|\"a \"\"quoted\"\" word\"^2^§, 2",
        "DELIMITED, §1|two\\^lines^2|x^§,            2",
        "DELIMITED, §1|back\\\\^2|x§,                2",
        "DELIMITED, §1|\"^2|\"^§,                    2",
        "JSON,      §{}^{\"a\":{\"b\":[1]}}^§,       2",
        "JSON,      §{^ \"a\": \"}{\\\"\"^}^{}§,     2",
        "JSON,      §[1]^[2]^§,                      2",
      })
  void countsWhatCopyTakesForARow(Format format, String text, long rows) {
    byte[] bytes = text.replace('^', '\n').getBytes(StandardCharsets.UTF_8);
    RowCount count = RowCount.of(format);

    for (byte each : bytes) {
      count.add(new byte[] {each}, 1);
    }

    assertThat(count.total()).isEqualTo(rows);
  }

  @Test
  void countsNoContainers() {
    assertThatThrownBy(() -> RowCount.of(Format.PARQUET))
        .hasMessage("rows are counted in CSV, DELIMITED and JSON only");
  }
}
