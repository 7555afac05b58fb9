package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerSchemaTest {
  private final LedgerSchema schema = new LedgerSchema("sluice", false);

  @Test
  void makesSchemaLedgerProgressAndALockForEachTableOnlyWhereMissing() {
    List<String> statements =
        schema.statements(List.of(TableName.parse("orders"), TableName.parse("a.b")));

    assertThat(statements).hasSize(6).allMatch(sql -> sql.contains("IF NOT EXISTS"));
    assertThat(statements.get(0)).isEqualTo("CREATE SCHEMA IF NOT EXISTS sluice");
    assertThat(statements.get(4))
        .matches(
            "CREATE TABLE IF NOT EXISTS sluice.lock_public_orders_[0-9a-f]{8} \\(nothing SMALLINT\\)");
  }

  @Test
  void tellsLocksOfTablesApartWhoseNamesReadAlike() {
    assertThat(schema.lock(TableName.parse("a_b.c")))
        .isNotEqualTo(schema.lock(TableName.parse("a.b_c")));
  }

  @Test
  void keepsTheNameOfALockWithinRedshiftsLimit() {
    String lock = schema.lock(new TableName("s".repeat(127), "t".repeat(127)));

    assertThat(lock.substring("sluice.".length())).hasSizeLessThanOrEqualTo(127);
  }
}
