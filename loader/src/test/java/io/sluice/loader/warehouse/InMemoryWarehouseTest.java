package io.sluice.loader.warehouse;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStore;
import java.util.List;

class InMemoryWarehouseTest extends WarehouseContract {
  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(bucket, "bucket", TABLE, OTHER);

  @Override
  Warehouse warehouse() {
    return warehouse;
  }

  @Override
  ObjectStore bucket() {
    return bucket;
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
