package io.sluice.loader.load;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.Warehouse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads batches of one table exactly once.
 *
 * <p>Batches that differ in columns or format never share a COPY. A COPY that bad data breaks is
 * narrowed down until the good files are loaded and the bad ones are in quarantine, each with its
 * reason.
 *
 * <p>One thread loads; {@link #abandon} comes from another one.
 */
public final class Loader {
  private final BatchFolders folders;
  private final LoadTransactions transactions;
  private final Narrowing narrowing;
  private final Replacing replacing;

  /**
   * A loader of one table.
   *
   * @param loaderId goes into the ledger
   * @param maxBadFiles how many files in a row may go to quarantine without one that loads
   */
  public Loader(
      Warehouse warehouse,
      BatchFolders folders,
      LoadIds ids,
      String loaderId,
      InstantSource clock,
      int maxBadFiles) {
    this.folders = folders;
    this.transactions = new LoadTransactions(warehouse, folders, ids, loaderId, clock);
    this.narrowing = new Narrowing(transactions, folders, maxBadFiles);
    this.replacing = new Replacing(transactions, folders);
  }

  /**
   * Loads these batches. When it returns, {@code listener} has heard of each of them.
   *
   * @throws LoadException of any kind but BAD_DATA, when it must stop: the batches that the
   *     listener has not heard of are not loaded or, after UNKNOWN, may be; run it again with them
   */
  public void load(TableName table, List<BatchId> batches, LoadListener listener) {
    load(table, batches, List.of(), listener);
  }

  /** The same, and reads meanwhile the manifests of what will be loaded next. */
  public void load(
      TableName table, List<BatchId> batches, List<BatchId> upcoming, LoadListener listener) {
    List<SourceBatch> read = read(batches, listener);
    folders.prefetch(upcoming);
    loadAsRead(table, read, listener);
  }

  /** The same for whoever has read the batches already. */
  public void loadAsRead(TableName table, List<SourceBatch> batches, LoadListener listener) {
    for (List<SourceBatch> alike : alike(batches)) {
      narrowing.load(table, alike, listener);
    }
  }

  /**
   * Replaces what these loads brought by loading their batches again, all or nothing. When it
   * returns, {@code listener} has heard of each batch.
   *
   * @throws LoadException of any kind but BAD_DATA, like {@link #load}
   */
  public void replace(OldLoads old, LoadListener listener) {
    replacing.replace(old, listener);
  }

  /** Breaks off the load in hand and refuses further ones: the loader stops. */
  public void abandon() {
    transactions.abandon();
  }

  /** A batch whose manifest cannot be read is refused alone. */
  private List<SourceBatch> read(List<BatchId> batches, LoadListener listener) {
    List<SourceBatch> read = new ArrayList<>();
    for (int next = 0; next < batches.size(); next++) {
      if (next % BatchFolders.READ_AHEAD == 0) {
        folders.readAhead(
            batches.subList(next, Math.min(batches.size(), next + BatchFolders.READ_AHEAD)));
      }
      BatchId id = batches.get(next);
      try {
        read.add(folders.batch(id));
      } catch (ContractException e) {
        listener.refused(
            id, LoadException.badData(e.getMessage(), "compare the manifest log with the message"));
      } catch (ObjectStoreException e) {
        throw LoadException.of("of " + id, e);
      }
    }
    return read;
  }

  /** Batches that may share a COPY, for they are alike in columns and format. */
  public static Collection<List<SourceBatch>> alike(Collection<SourceBatch> batches) {
    Map<Shape, List<SourceBatch>> shapes = new LinkedHashMap<>();
    for (SourceBatch batch : batches) {
      Shape shape = new Shape(batch.batch().columns(), batch.batch().format());
      shapes.computeIfAbsent(shape, s -> new ArrayList<>()).add(batch);
    }
    return shapes.values();
  }

  private record Shape(List<Column> columns, FileFormat format) {}
}
