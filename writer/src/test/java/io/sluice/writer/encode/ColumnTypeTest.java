package io.sluice.writer.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int8 | bigint",
        "INTEGER | integer",
        "Double  Precision | double precision",
        "varchar | varchar(256)",
        "character varying(12) | varchar(12)",
        "varchar(max) | varchar(65535)",
        "char | char(1)",
        "numeric(10, 2) | decimal(10,2)",
        "decimal | decimal(18,0)",
        "timestamp with time zone | timestamptz",
        "super | super"
      })
  void readsRedshiftsSpellings(String ddl, String name) {
    assertThat(ColumnType.parse(ddl)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text[]",
        "geometry",
        "int(4)",
        "varchar(0)",
        "varchar(65536)",
        "decimal(39)",
        "decimal(4,5)",
        "char(x)",
        ""
      })
  void refusesOtherTypes(String ddl) {
    assertThatThrownBy(() -> ColumnType.parse(ddl)).isInstanceOf(IllegalArgumentException.class);
  }
}
