package io.sluice.loader.warehouse;

import io.sluice.loader.plan.BatchId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One load's transaction, which holds the lock of its table from the start to the end.
 *
 * <p>Every method throws {@link WarehouseException}; after a failure only {@link #close} may
 * follow. One thread uses it, except for {@link #cancel}.
 */
public interface LoadTransaction extends AutoCloseable {
  /**
   * Those of the batches for which it was begun that the ledger showed as loaded, each with the id
   * of the load that did it. Decisive, for it was read behind the lock: no other load of the table
   * is under way.
   */
  Map<BatchId, String> loaded();

  /** Copies, and returns the rows that the warehouse says it took. */
  long copy(CopyRequest request);

  /** The rows that the COPY before left out, as far as the table's MAXERROR let it. */
  List<LoadError> leftOut();

  /**
   * Brings what was copied into the table: an upsert replaces rows now, rows of a table with a load
   * column get the name of their load, and any other append has nothing left to do.
   */
  void merge(String loadId);

  /**
   * Takes out what these loads brought: their rows, by the table's load column, and all that the
   * ledger has of them.
   *
   * @throws WarehouseException of kind MISCONFIGURED when the table has no load column, more rows
   *     of these loads than the ledger says, or fewer where that is refused
   */
  void undo(Collection<String> loadIds, MissingRows missing);

  /** Enters loaded batches, and what of them is in quarantine, in the ledger. */
  void record(List<LedgerRow> rows);

  /**
   * Changes what the ledger has of a file in quarantine.
   *
   * @return false when that is no longer {@code before}: somebody else has decided meanwhile
   */
  boolean change(QuarantineEntry before, QuarantineEntry after);

  /**
   * Commits.
   *
   * @throws WarehouseException of kind UNKNOWN when the answer got lost
   */
  void commit();

  /**
   * Breaks off the running statement, from another thread. What follows fails, except that a commit
   * on its way is left alone.
   */
  void cancel();

  /** Rolls back what is not committed, and gives the lock back. Never throws. */
  @Override
  void close();
}
