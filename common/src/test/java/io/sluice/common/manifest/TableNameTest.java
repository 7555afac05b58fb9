package io.sluice.common.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
  @Test
  void foldsToLowerCaseAndIsInPublicByDefault() {
    assertThat(TableName.parse("Orders")).isEqualTo(TableName.parse("public.orders"));
    assertThat(TableName.parse("Shop.Orders_2$")).hasToString("shop.orders_2$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b.c", "1st", "a b", "a;drop table b", "\"a\"", "a.", ".a", "naïve", "../a"})
  void refusesWhatRedshiftWouldHaveToQuote(String name) {
    assertThatThrownBy(() -> TableName.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'"
                + name
                + "' is not a table name: use table or schema.table of letters, digits, _ and $, no digit first");
  }
}
