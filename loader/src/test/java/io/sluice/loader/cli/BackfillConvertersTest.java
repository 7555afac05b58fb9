package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.Column;
import io.sluice.loader.operate.LogRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class BackfillConvertersTest {
  @Test
  void readsNumbersOfManifests() {
    LogRangeConverter converter = new LogRangeConverter();

    assertThat(converter.convert("7")).isEqualTo(new LogRange(7, 7));
    assertThat(converter.convert("7..12")).isEqualTo(new LogRange(7, 12));
    assertThat(converter.convert("7..")).isEqualTo(new LogRange(7, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..3", "x", "1-3", "12345678901234567890"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> new LogRangeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is no range: use 7, 7..12 or 7..");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0..3", "4..3"})
  void refusesARangeWithoutManifests(String text) {
    assertThatThrownBy(() -> new LogRangeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("has no manifests: they are numbered from 1");
  }

  @Test
  void readsColumnsAsInDdl() {
    assertThat(
            new ColumnsConverter()
                .convert(
                    "Id bigint, name varchar(64),price numeric(10, 2) , at timestamp with time zone")
                .columns())
        .containsExactly(
            new Column("id", "bigint"),
            new Column("name", "varchar(64)"),
            new Column("price", "numeric(10, 2)"),
            new Column("at", "timestamp with time zone"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "id", "id bigint,", "id bigint; drop table x", "id varchar(64"})
  void refusesWhatAreNoColumns(String text) {
    assertThatThrownBy(() -> new ColumnsConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is no list of columns: write 'id bigint, price numeric(10,2)'");
  }

  @Test
  void refusesAColumnThatIsNamedTwice() {
    assertThatThrownBy(() -> new ColumnsConverter().convert("id bigint, ID bigint"))
        .hasMessage("the column id is named twice");
  }
}
