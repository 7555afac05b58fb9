package io.sluice.stack.redshift;

import static io.sluice.stack.redshift.LoaderRace.BATCHES;
import static io.sluice.stack.redshift.LoaderRace.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The race that the load transaction is made for, under SNAPSHOT. */
@Timeout(120)
class LockFirstIT extends RedshiftServerCase {
  @Test
  void loadsEveryBatchExactlyOnceWithTheLockFirst() throws Exception {
    LoaderRace race = new LoaderRace(RedshiftServerCase::transaction, objects());

    race.withTheLockFirst();

    assertThat(race.conflicts()).isEmpty();
    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*), count(distinct id) from t"))
          .isEqualTo(BATCHES * ROWS + "|" + BATCHES);
      assertThat(value(connection, "select count(*) from ledger"))
          .isEqualTo(Integer.toString(BATCHES));
    }
  }

  @Test
  void doublesWhatIsCheckedBeforeTheLock() throws Exception {
    LoaderRace race = new LoaderRace(RedshiftServerCase::transaction, objects());

    race.withTheCheckFirst();

    assertThat(race.conflicts()).isEmpty();
    try (Connection connection = connect()) {
      assertThat(value(connection, "select count(*) from t"))
          .isEqualTo(Integer.toString(2 * BATCHES * ROWS));
    }
  }
}
