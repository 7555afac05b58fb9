package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderPlace.Answer;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.stack.process.FreePorts;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that only look: {@code status}, {@code explain} and {@code cost}. */
class ObserveIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName table = place.newTable("things");
  private final BatchFolder folder = place.landed().folder();

  @Test
  void tellsHowAllTablesAreWithAndWithoutALoader() throws IOException {
    TableName idle = place.newTable("idle");
    place.makeLedger();
    place.announce(table, "1,x");

    Answer cold = place.ask("status");

    assertThat(golden(cold.out()))
        .isEqualTo(
            """
            loader: not asked
            queue:  1 messages, 0 of them held by loaders

            TABLE STATE BATCHES ROWS BYTES WAITING FRESHNESS LAST LOAD LAST ROWS LAST TOOK LOADS LAST HOUR RETRIES QUARANTINED FILES
            TABLE waiting 1 1 SIZE TIME - - - - 0 - 0
            IDLE loaded 0 0 0 B - - - - - 0 - 0
            """
                .replace("IDLE", idle.toString()));
    assertThat(cold.code()).isZero();
    assertThat(cold.err()).contains("loader.health.port is 0");

    int port = FreePorts.any();
    place.configure("loader.health.port = " + port);
    LoaderProcess loader = place.start();
    place.awaitIds(table, "1");
    place.announce(table, "bad");
    place.queues().awaitMessages(0);

    Answer warm = place.ask("status", "--table", table.toString());

    assertThat(warm.err()).isEmpty();
    assertThat(golden(warm.out()))
        .isEqualTo(
            """
            loader: ready
            queue:  0 messages, 0 of them held by loaders

            TABLE STATE BATCHES ROWS BYTES WAITING FRESHNESS LAST LOAD LAST ROWS LAST TOOK LOADS LAST HOUR RETRIES QUARANTINED FILES
            TABLE loaded 0 0 0 B - TIME WHEN 0 TIME 2 0 1
            """);
    place.ask("pause", "--table", table.toString(), "--reason", "a rebuild", "--by", "ann");
    assertThat(place.ask("status", "--table", table.toString()).out())
        .contains(table + "  paused")
        .contains(table + " is paused: ann since ")
        .endsWith(": a rebuild\n");
    assertThat(
            place.ask("pause", "-t", table.toString(), "--reason", "a move", "--by", "bob").out())
        .startsWith(table + " is paused by bob: a move\nthat takes the place of: by ann since ")
        .endsWith(": a rebuild\n");
    assertThat(place.ask("status", "--output", "json").out())
        .contains("\"state\":\"paused\"")
        .contains("\"quarantined_files\":1")
        .contains("\"queue_messages\":0,\"loader\":\"ready\"");
    assertThat(loader.stop()).isZero();
  }

  @Test
  void watchesUntilItIsInterrupted() throws IOException, InterruptedException {
    place.makeLedger();
    LoaderProcess watch = place.launch("status", "--watch", "--interval", "100ms");

    await()
        .atMost(LoaderProcess.PATIENCE)
        .until(() -> watch.log().split("loader: not asked", -1).length > 3);
    interrupt(watch);

    assertThat(watch.awaitExit()).isZero();
    assertThat(watch.log()).doesNotContain("\u001b").containsOnlyOnce("health.port is 0");
  }

  @Test
  void explainsTheNextLoadAndDoesNothing() {
    place.makeLedger();
    place.landed().land(table, "1,x", "2,y");
    place.landed().land(table, "3,z");
    place.sql().execute("ALTER TABLE " + table + " DROP COLUMN name");

    Answer answer = place.ask("explain");

    assertThat(answer.code()).isZero();
    assertThat(
            answer
                .out()
                .replace(table.toString(), "TABLE")
                .replace(folder.toString(), "FOLDER")
                .replaceAll("waited [0-9.dhms ]+,", "waited TIME,")
                .replaceAll("(bytes +)[0-9]+ B", "$1SIZE"))
        .isEqualTo(
            """
            table            TABLE
            decision         load
            why              the oldest batch has waited TIME, and copy.max-wait is 200ms
            waiting batches  2
            waiting rows     3
            batches          2
            first batch      FOLDER#1/TABLE
            last batch       FOLDER#2/TABLE
            files            2
            rows             3
            bytes            SIZE
            copy manifest    FOLDER/_copy/<load id>.manifest
            statements       COPY TABLE ("id", "name")
                             FROM 'FOLDER/_copy/<load id>.manifest'
                             IAM_ROLE 'arn:aws:iam::123456789012:role/copy'
                             MANIFEST
                             CSV DELIMITER ',' ZSTD
                             TIMEFORMAT 'auto' DATEFORMAT 'auto'
                             COMPUPDATE OFF STATUPDATE OFF MAXERROR 0;
            drift            ALTER TABLE TABLE ADD COLUMN "name" varchar(64);
            """);
    assertThat(
            place
                .stack()
                .s3()
                .listObjects(folder.bucket(), folder.key("_copy/"))
                .getObjectSummaries())
        .isEmpty();
    assertThat(place.ids(table)).isEmpty();
    assertThat(place.ask("explain", "--table", "others").code()).isEqualTo(2);
  }

  @Test
  void tellsWhatLoadsHaveTaken() {
    place.configure("loader.cost { warehouse-hour = 3600, sqs-per-million = 1000000 }");
    place.load(place.landed().land(table, "1,x", "2,y"));

    Answer answer = place.ask("cost", "--days", "2");

    assertThat(answer.code()).isZero();
    assertThat(
            golden(answer.out())
                .replaceAll("SIZE |[0-9]+ B ", "SIZE ")
                .replaceAll("(?m)TIME ([0-9.]+) [0-9.]+ USD$", "TIME $1 COST USD")
                .replaceAll("(?m)^[0-9-]{10} ", "DAY "))
        .isEqualTo(
            """
            DAY TABLE COPIES BATCHES FILES ROWS BYTES S3 GETS S3 PUTS SQS REQUESTS WAREHOUSE REQUEST COST WAREHOUSE COST CURRENCY
            DAY TABLE 1 1 1 2 SIZE 3 1 3 TIME 3.0000 COST USD
            total - 1 1 1 2 SIZE 3 1 3 TIME 3.0000 COST USD
            """);
    assertThat(place.ask("cost", "--output", "json").out())
        .contains("\"s3_gets\":3,\"s3_puts\":1,\"sqs_requests\":3,\"warehouse_seconds\":0.")
        .contains("\"request_cost\":3.000006,\"warehouse_cost\":0.");
    assertThat(place.ask("cost", "--days", "0").code()).isEqualTo(2);
  }

  /** With one space between columns, and without what differs from run to run. */
  private String golden(String out) {
    return out.replace(table.toString(), "TABLE")
        .replaceAll("(?m) {2,}(?=\\S)", " ")
        .replaceAll("queue: ", "queue:  ")
        .replaceAll("[0-9]+ B (?=[0-9]+[hdms])", "SIZE ")
        .replaceAll("[0-9-]+T[0-9:]+Z", "WHEN")
        .replaceAll(
            "-?[0-9]+d\\b( [0-9]+h)?|-?[0-9]+h\\b( [0-9]+m\\b)?|-?[0-9]+m\\b( [0-9]+s)?|-?[0-9.]+m?s\\b",
            "TIME");
  }

  private static void interrupt(LoaderProcess process) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }
}
