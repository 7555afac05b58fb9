package io.sluice.loader.operate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.load.LoadIds;
import io.sluice.loader.operate.doctor.Finding.Level;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.InMemoryWarehouse;
import io.sluice.loader.warehouse.Scratch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final TableName TABLE = TableName.parse("sluice.canary_0");

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE);
  private final BatchFolder folder = Canary.folder(BatchFolder.parse("s3://bucket/x"), "0");
  private final List<String> removed = new ArrayList<>();
  private final List<Finding> told = new ArrayList<>();

  @Test
  void livesInAFolderOfItsOwn() {
    assertThat(folder).hasToString("s3://bucket/x/_canary/0");
    assertThat(Canary.folder(BatchFolder.parse("s3://bucket"), "0"))
        .hasToString("s3://bucket/_canary/0");
  }

  @Test
  void landsLoadsAndLeavesNothing() {
    bucket.put("x/other", new byte[1]);

    fly();

    assertThat(told).extracting(Finding::level).containsOnly(Level.OK);
    assertThat(warehouse.copies()).hasSize(1);
    assertThat(warehouse.ledgerRows())
        .singleElement()
        .satisfies(row -> assertThat(row.rows()).isEqualTo(2));
    assertThat(removed).containsExactly("drop sluice.canary_0", "forget s3://bucket/x/_canary/0");
    assertThat(bucket.objects()).containsOnlyKeys("x/other");
  }

  @Test
  void leavesNothingWhenCopyFails() {
    warehouse.failNextCopy(FailureKind.MISCONFIGURED, "the role may not read");

    fly();

    assertThat(told)
        .filteredOn(finding -> finding.level() == Level.FAIL)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("canary is loaded");
              assertThat(finding.what()).contains("the role may not read");
              assertThat(finding.remedy()).isEqualTo("repair it");
            });
    assertThat(removed).hasSize(2);
    assertThat(bucket.objects()).isEmpty();
  }

  @Test
  void doesNotTakeRowsForGrantedThatAreInQuarantine() {
    warehouse.failNextCopy(FailureKind.BAD_DATA, "no");
    warehouse.failNextCopy(FailureKind.BAD_DATA, "no");
    warehouse.failNextCopy(FailureKind.BAD_DATA, "no");

    fly();

    assertThat(told).extracting(Finding::level).contains(Level.FAIL);
    assertThat(bucket.objects()).isEmpty();
  }

  private void fly() {
    new Canary(
            folder,
            TABLE,
            bucket,
            warehouse,
            new Scratch() {
              @Override
              public long rows(TableName table) {
                return warehouse.rows(table).size();
              }

              @Override
              public void drop(TableName table) {
                removed.add("drop " + table);
              }

              @Override
              public void forget(BatchFolder forgotten, TableName table) {
                removed.add("forget " + forgotten);
              }
            },
            new LoadIds(Clock.systemUTC(), new Random()),
            Clock.systemUTC())
        .run(told::add);
  }
}
