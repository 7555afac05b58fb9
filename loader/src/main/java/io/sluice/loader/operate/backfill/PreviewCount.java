package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.LoadPolicy;
import io.sluice.loader.plan.LoadSize;
import io.sluice.loader.store.SourceBatch;

/** Counts the loads that {@link PlannedLoads} would make of the same batches. One thread. */
final class PreviewCount {
  private final TableName table;
  private final LoadPolicy policy;
  private LoadSize forming = LoadSize.EMPTY;
  private long known;
  private long loads;
  private long batches;
  private long files;
  private long rows;
  private long bytes;
  private Long first;
  private Long last;

  PreviewCount(TableName table, LoadPolicy policy) {
    this.table = table;
    this.policy = policy;
  }

  void addKnown() {
    known++;
  }

  void add(SourceBatch batch) {
    int more = batch.files().size();
    LoadSize grown = forming.plus(more, batch.bytes());
    boolean begins = forming.batches() == 0 || forming.isFull(policy) || !grown.isAllowed(policy);
    forming = begins ? LoadSize.EMPTY.plus(more, batch.bytes()) : grown;
    loads += begins ? 1 : 0;
    batches++;
    files += more;
    rows += batch.rows();
    bytes += batch.bytes();
    last = batch.id().manifest();
    first = first == null ? last : first;
  }

  BackfillPreview preview() {
    return new BackfillPreview(table, known, loads, batches, files, rows, bytes, first, last);
  }
}
