package io.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.config.Secret;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import io.sluice.loader.stack.LoaderStack;
import io.sluice.loader.stack.Sql;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedshiftWarehouseIT extends WarehouseContract {
  private final LoaderStack stack = LoaderStack.shared();
  private final Sql sql = new Sql(stack);
  private final String bucketName = stack.newBucket();
  private final String schema = LoaderStack.newName("ledger");
  private final Warehouse warehouse = new RedshiftWarehouse(stack.warehouse(schema));

  @BeforeEach
  void createTables() {
    for (TableName table : List.of(TABLE, OTHER)) {
      sql.execute("DROP TABLE IF EXISTS " + table);
      sql.execute("CREATE TABLE " + table + " (id BIGINT, name VARCHAR(64))");
    }
  }

  @Override
  Warehouse warehouse() {
    return warehouse;
  }

  @Override
  ObjectStore bucket() {
    return new S3ObjectStore(stack.s3(), bucketName);
  }

  @Override
  BatchFolder folder() {
    return BatchFolder.parse("s3://" + bucketName + "/x");
  }

  @Override
  List<String> rows(TableName table) {
    return sql.rows("SELECT id, name FROM " + table);
  }

  @Test
  void saysWhatToDoAboutAWrongPassword() {
    WarehouseSettings right = stack.warehouse(schema);
    Warehouse locked =
        new RedshiftWarehouse(
            new WarehouseSettings(
                right.url(),
                stack.redshift().user(),
                new Secret("wrong"),
                right.iamRole(),
                schema,
                right.statementTimeout(),
                right.queryGroup()));

    assertThatThrownBy(() -> locked.begin(TABLE))
        .isInstanceOfSatisfying(
            WarehouseException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.MISCONFIGURED);
              assertThat(e.remedy()).isEqualTo("check warehouse.user and warehouse.password");
            })
        .hasMessageContaining("cannot connect to jdbc:redshift:")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void doesNotTakeALockThatCameTooLateForALoadThatIsTooLarge() {
    WarehouseSettings patient = stack.warehouse(schema);
    Warehouse hasty =
        new RedshiftWarehouse(
            new WarehouseSettings(
                patient.url(),
                patient.login(),
                patient.tls(),
                patient.iamRole(),
                schema,
                Duration.ofMillis(500),
                patient.queryGroup()));

    try (LoadTransaction holder = warehouse.begin(TABLE)) {
      assertThat(holder.loaded(List.of())).isEmpty();
      assertThatThrownBy(() -> hasty.begin(TABLE))
          .isInstanceOfSatisfying(
              WarehouseException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
                assertThat(e.isTimeout()).isFalse();
                assertThat(e.remedy()).contains("who holds a lock");
              })
          .hasMessageContaining("cannot lock " + schema + ".lock_");
    }
  }

  @Test
  void tellsToRunInitWhenTheLedgerIsMissing() {
    Warehouse bare = new RedshiftWarehouse(stack.warehouse(LoaderStack.newName("bare")));

    assertThat(bare.problems(List.of(TABLE)))
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).contains("run sluice-loader init"));
  }
}
