package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One pass over the ranges of a backfill, and how far it has come. One thread reads; others may ask
 * how far.
 */
final class LogPass {
  /** For questions to the ledger; loads have pauses of their own. */
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final int TRIES = 5;

  private final MissingBatches missing;
  private final List<BackfillRange> ranges;
  private final BackfillListener listener;
  private final AtomicLong manifestsRead = new AtomicLong();
  private final AtomicLong found = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private volatile boolean readAll;

  /** {@code tables} has the table that is loaded by the one that manifests name. */
  LogPass(
      BatchFolders folders,
      LedgerHistory history,
      Map<TableName, TableName> tables,
      List<BackfillRange> ranges,
      BackfillListener listener,
      RandomGenerator random) {
    Retries retries = new Retries(QUICK, TRIES, LogPass::passes, random);
    this.missing = new MissingBatches(folders, history, tables, retries);
    this.ranges = List.copyOf(ranges);
    this.listener = listener;
  }

  /** Takes the batches of the wanted tables, in the order of the log. */
  interface Sink {
    /** The ledger has a batch of this table. */
    void known(TableName table);

    /** The ledger has not this batch. */
    void missing(SourceBatch batch) throws InterruptedException;

    /** A manifest is done with. */
    default void read() {}
  }

  /**
   * Reads for as long as it {@code goesOn}. A log or a ledger that cannot be read ends it, too:
   * what was read is loaded all the same.
   */
  void read(Sink sink, BooleanSupplier goesOn) throws InterruptedException {
    try {
      boolean toTheEnd = true;
      for (BackfillRange range : ranges) {
        toTheEnd &= missing.read(range, new Counting(sink, goesOn));
      }
      readAll = toTheEnd;
    } catch (ObjectStoreException e) {
      listener.said("the log cannot be read any further: " + e.getMessage());
    } catch (WarehouseException e) {
      listener.said(
          "the ledger cannot be read any further: %s: %s".formatted(e.getMessage(), e.remedy()));
    }
  }

  long manifestsRead() {
    return manifestsRead.get();
  }

  long manifestsLeft() {
    return ranges.stream().mapToLong(BackfillRange::size).sum() - manifestsRead.get();
  }

  /** Batches of the wanted tables. */
  long found() {
    return found.get();
  }

  boolean hasUnreadable() {
    return unreadable.get() > 0;
  }

  boolean hasReadAll() {
    return readAll;
  }

  private static boolean passes(Throwable failure) {
    return failure instanceof WarehouseException warehouse
        && warehouse.kind() == FailureKind.TRANSIENT;
  }

  private final class Counting implements MissingBatches.Taker {
    private final Sink sink;
    private final BooleanSupplier goesOn;

    private Counting(Sink sink, BooleanSupplier goesOn) {
      this.sink = sink;
      this.goesOn = goesOn;
    }

    @Override
    public boolean goesOn() {
      return goesOn.getAsBoolean();
    }

    @Override
    public void known(TableName table) {
      found.incrementAndGet();
      sink.known(table);
    }

    @Override
    public void missing(SourceBatch batch) throws InterruptedException {
      found.incrementAndGet();
      sink.missing(batch);
    }

    @Override
    public void unreadable(BackfillRange range, long manifest, String problem) {
      unreadable.incrementAndGet();
      listener.said(
          "manifest %d of %s cannot be read, nothing of it is loaded: %s"
              .formatted(manifest, range.folder(), problem));
    }

    @Override
    public void read() {
      manifestsRead.incrementAndGet();
      sink.read();
    }
  }
}
