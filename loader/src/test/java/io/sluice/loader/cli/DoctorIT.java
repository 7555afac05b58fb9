package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code sluice-loader doctor} as an operator uses it. */
class DoctorIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();

  private final TableName table = place.newTable("things");
  private final BatchFolder folder = place.landed().folder();

  @Test
  void findsNothingThatKeepsTheLoaderFromItsWorkAndLetsACanaryFly() {
    place.configure();
    assertThat(place.ask("init").code()).isZero();
    place.landed().land(table, "1,one");

    assertThat(ask("--canary"))
        .isEqualTo(
            """
            0: ok    settings: read
            ok    folder FOLDER: readable, the last manifest is 1
            ok    folder FOLDER/_copy: writable
            ok    clock against S3: less than 31 s apart
            ok    folder FOLDER/_copy deletes: allowed
            info  region of BUCKET: the store does not say
            ok    queue: there, and polled for long by the loader itself
            ok    queue retention: 96 h
            ok    queue visibility: 30 s
            ok    queue redrive policy: none, the loader itself moves what it cannot read
            ok    dead-letter queue: there
            ok    warehouse login: works
            ok    clock against the warehouse: less than 31 s apart
            warn  warehouse TLS: as the URL says it
                  what to do: set loader.warehouse.tls.mode = verify-full and take ssl and sslmode out of the URL
            ok    ledger, locks and tables: 1 tables are there
            ok    ledger version: all columns are there
            ok    TABLE privileges: may be loaded
            ok    TABLE columns: the table has those of FOLDER#1/TABLE
            ok    TABLE COPY: the role reads FOLDER#1/TABLE and its rows are good
            ok    TABLE pause: none
            BACKLOG
            ok    TABLE quarantine: nothing that waits for a decision
            info  loader: not asked: loader.health.port is 0
            ok    canary lands a batch: done
            ok    canary makes its lock: done
            ok    canary is loaded: done
            ok    canary has its rows: done
            ok    canary: what lands in FOLDER/_canary/ID comes into the warehouse
            ok    canary leaves the table: done
            ok    canary leaves the ledger: done
            ok    canary leaves the bucket: done
            """);

    assertThat(place.sql().rows("SELECT COUNT(*) FROM " + place.ledger())).containsExactly("0");
    assertThat(place.ids(table)).isEmpty();
    assertThat(tablesOfTheLedger()).noneMatch(name -> name.contains("canary"));
    assertThat(place.stack().s3().listObjectsV2(folder.bucket()).getObjectSummaries())
        .extracting(object -> object.getKey())
        .noneMatch(key -> key.contains("_canary") || key.contains("_copy"));
  }

  @Test
  void saysOfEachThingThatIsWrongWhatToDo() {
    place.configure(
        "loader.queue.dead-letter-url = \"%s-gone\"".formatted(place.queues().url()),
        "loader.health.port = 1");
    assertThat(place.ask("init").code()).isZero();
    place.landed().land(table, List.of(new Column("other", "bigint")), "x");
    place.sql().execute("ALTER TABLE " + place.ledger() + " DROP COLUMN reason");
    place
        .stack()
        .sqs()
        .setQueueAttributes(place.queues().url(), Map.of("VisibilityTimeout", "7200"));
    assertThat(place.ask("pause", "--table", table.toString(), "--reason", "why").code()).isZero();

    assertThat(ask())
        .startsWith("1: ok    settings: read\n")
        .contains("warn  queue visibility: 7200 s")
        .contains("fail  dead-letter queue: cannot look at QUEUE-gone")
        .contains("      what to do: check loader.queue, the credentials and the permissions on it")
        .contains("fail  ledger version: LEDGER: ")
        .contains("      what to do: run sluice-loader init with the same settings\n")
        .contains("fail  TABLE columns: the table lacks columns of FOLDER#1/TABLE\n")
        .contains("what to do: run ALTER TABLE TABLE ADD COLUMN \"other\" bigint\n")
        .contains("warn  TABLE COPY: the role works; cannot try COPY of ")
        .contains("warn  TABLE pause: paused by ")
        .contains("info  loader: nobody answers at http://127.0.0.1:1/readyz\n");
    assertThat(ask("--output", "json"))
        .contains("{\"level\":\"warn\",\"subject\":\"queue visibility\",\"finding\":\"7200 s");
  }

  @Test
  void goesOnWhenTheWarehouseOrTheBucketIsNotThere() {
    place.configure(
        "loader.warehouse.password = wrong", "loader.batch-folders = [\"s3://no-such-bucket/x\"]");

    assertThat(ask("--canary"))
        .startsWith("1: ")
        .contains("fail  folder s3://no-such-bucket/x: cannot ")
        .contains("info  region of no-such-bucket: not looked at, for folder s3://no-such-bucket/x")
        .contains("ok    queue: there")
        .contains("fail  warehouse login: cannot connect to ")
        .contains("what to do: check warehouse.user and warehouse.password\n")
        .contains("info  TABLE pause: not looked at, for warehouse login fails\n")
        .contains("fail  canary lands a batch: ")
        .contains("fail  canary leaves the table: cannot connect to ")
        .contains("fail  canary leaves the bucket: ")
        .doesNotContain("canary is loaded");
  }

  private List<String> tablesOfTheLedger() {
    return place
        .sql()
        .rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = '%s'"
                .formatted(place.ledger().replace(".ledger", "")));
  }

  @Test
  void warnsOfATableWhoseNameTheWriterDoesNotKnow() {
    place.makeLedger();
    place.landed().land(table, "1,one");
    TableName misspelt = place.newTable("things_");

    assertThat(ask("--table", misspelt.toString()))
        .contains("no batch of it, but of [TABLE]\n")
        .contains("what to do: if it should have some, correct the table's name");
  }

  private String ask(String... more) {
    LoaderPlace.Answer answer = place.ask("doctor", more);
    return (answer.code() + ": " + answer.out() + answer.err())
        .replace(folder.toString(), "FOLDER")
        .replace(folder.bucket(), "BUCKET")
        .replace(table.toString(), "TABLE")
        .replace(place.ledger(), "LEDGER")
        .replace(place.queues().url(), "QUEUE")
        .replaceAll("_canary/[0-9a-f]{8}", "_canary/ID")
        .replaceAll(
            "(ok|warn) +TABLE backlog: .* is not loaded\\R( +what to do: .*\\R)?", "BACKLOG\n");
  }
}
