package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.loader.stack.Sql;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The built loader as a process, against the real driver, SQS and S3 protocols. */
class LoaderProcessIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final TableName table = place.newTable("things");

  @Test
  void loadsOnceThroughDuplicatesAndALostMessageAndEndsWithZero() {
    for (int i = 1; i <= 30; i++) {
      ManifestMessage message = place.landed().land(table, i + ",x");
      if (i != 7) {
        place.queues().send(message);
      }
      if (i % 3 == 0) {
        place.queues().send(message);
      }
    }
    place.landed().takeOver();

    LoaderProcess loader = place.start();

    place.awaitIds(table, numbers(30));
    place.queues().awaitMessages(0);
    place.announce(table, "31,x");
    place.queues().awaitMessages(0);
    assertThat(place.ids(table)).containsExactly(numbers(31));
    assertThat(place.sql().rows("SELECT COUNT(*), SUM(row_count) FROM " + place.ledger()))
        .containsExactly("31,31");
    assertThat(loader.stop()).isZero();
    assertThat(loader.log())
        .containsPattern(
            "INFO .*load [0-9TZ.]+-[0-9a-f]{16} of %s: \\d+ batches, \\d+ files, \\d+ rows, \\d+ bytes in [0-9.]+m?s, COPY [0-9.]+m?s, freshness [0-9]+d "
                .formatted(table))
        .contains("stopped, 0 messages given back");
  }

  @Test
  void breaksOffACopyOnSigtermAndTheNextLoaderLoadsOnce() throws Exception {
    place.configure("loader.shutdown.grace = 1s");
    LoaderProcess loader = place.start().awaitReady();

    try (Sql.Lock lock = place.sql().lock(table)) {
      place.announce(table, "1,x");
      await().atMost(LoaderProcess.PATIENCE).until(lock::isWaitedFor);
      assertThat(loader.stop()).isZero();
    }
    assertThat(loader.log()).contains("the grace is over");
    assertThat(place.ids(table)).isEmpty();

    place.start();
    place.awaitIds(table, "1");
  }

  @Test
  void finishesACopyOnSigtermWithinTheGrace() throws Exception {
    place.configure("loader.shutdown.grace = 30s");
    LoaderProcess loader = place.start().awaitReady();

    try (Sql.Lock lock = place.sql().lock(table)) {
      place.announce(table, "1,x");
      await().atMost(LoaderProcess.PATIENCE).until(lock::isWaitedFor);
      loader.askToStop();
      loader.awaitLog("stopping");
    }

    assertThat(loader.awaitExit()).isZero();
    assertThat(place.ids(table)).containsExactly("1");
    assertThat(place.queues().messages()).isZero();
  }

  @Test
  void setsABadFileAsideWithCopysReasonAndLoadsTheOthers() {
    place.announce(table, "1,x");
    place.announce(table, "two,x");
    place.announce(table, "3,x");

    LoaderProcess loader = place.start();

    place.awaitIds(table, "1", "3");
    loader.awaitLog("are in quarantine");
    assertThat(loader.log())
        .contains("part-00000-attempt.csv.zst, line 1, column id: Invalid digit")
        .doesNotContain("two");
    assertThat(
            place
                .sql()
                .rows(
                    "SELECT manifest_number, row_count, error_line, error_column, error_value FROM "
                        + place.ledger()
                        + " WHERE state = 'quarantined'"))
        .containsExactly("2,1,1,id,two");
    assertThat(loader.stop()).isZero();
    assertThat(place.queues().messages()).isZero();
  }

  @Test
  void tellsToRunInitFirstWhichMakesTheLedgerAsOftenAsOneLikes() {
    assertThat(place.run("run"))
        .startsWith("2: ")
        .contains("run sluice-loader init with the same settings");
    assertThat(place.run("init")).startsWith("0: ").contains("are in schema ");
    assertThat(place.run("init")).startsWith("0: ").contains("are in schema ");
    assertThat(place.sql().rows("SELECT COUNT(*) FROM " + place.ledger())).containsExactly("0");
  }

  @Test
  void namesAMissingTableAndAWrongPasswordOnOneLineEach() {
    place.makeLedger();
    place.sql().execute("DROP TABLE " + table);

    assertThat(place.run("run"))
        .startsWith("2: sluice-loader: ")
        .contains("does not exist")
        .contains("create the table, or take it out of tables")
        .doesNotContain("\tat ");
    place.configure("loader.warehouse.password = nonsense");
    assertThat(place.run("run"))
        .startsWith("2: sluice-loader: cannot connect to jdbc:redshift:")
        .contains("check warehouse.user and warehouse.password")
        .doesNotContain("nonsense")
        .doesNotContain("\tat ");
  }

  private static String[] numbers(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(Long::toString).toArray(String[]::new);
  }
}
