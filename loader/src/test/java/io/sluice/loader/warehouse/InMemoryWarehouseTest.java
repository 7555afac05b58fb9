package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStore;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class InMemoryWarehouseTest extends WarehouseContract {
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse =
      new InMemoryWarehouse(bucket, "bucket", TABLE, OTHER, TOLD);

  @BeforeEach
  void addLoadColumn() {
    warehouse.addLoadColumn(TOLD);
  }

  @Override
  Warehouse warehouse() {
    return warehouse;
  }

  @Override
  ObjectStore bucket() {
    return bucket;
  }

  @Override
  void delete(long id, String name) {
    warehouse.delete(TOLD, id + "," + name);
  }

  @Override
  void insert(long id, String name) {
    warehouse.insert(TOLD, id + "," + name);
  }

  @Override
  BatchFolder folder() {
    return BatchFolder.parse("s3://bucket/x");
  }

  @Override
  List<String> rows(TableName table) {
    return warehouse.rows(table);
  }
}
