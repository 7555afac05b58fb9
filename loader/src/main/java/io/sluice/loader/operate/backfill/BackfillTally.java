package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadOutcome;
import io.sluice.loader.operate.backfill.BackfillResult.State;
import java.time.Duration;

/** Counts what becomes of one table's batches. Safe for use by several threads. */
final class BackfillTally {
  private final TableName table;
  private State end = State.DONE;
  private long loaded;
  private long known;
  private long replaced;
  private long refused;
  private long quarantined;
  private long left;
  private long rows;
  private long bytes;
  private long loads;

  BackfillTally(TableName table) {
    this.table = table;
  }

  /** The ledger has these batches already. */
  synchronized void known(long batches) {
    known += batches;
  }

  /** The ledger had this batch, and it was replaced, or its replacement was refused. */
  synchronized void replaced(long batches) {
    replaced += batches;
  }

  synchronized void settled(LoadOutcome outcome) {
    loaded += outcome.loaded().size();
    known += outcome.known().size();
    quarantined += outcome.quarantined().size();
    rows += outcome.rows();
    bytes += outcome.bytes();
    loads += outcome.loaded().isEmpty() ? 0 : 1;
  }

  synchronized void refused(long batches) {
    refused += batches;
  }

  synchronized void left(long batches) {
    left += batches;
  }

  /** The first reason to end counts. */
  synchronized void end(State reason) {
    end = end == State.DONE ? reason : end;
  }

  /** All that there is was offered: a stop that left nothing undone has stopped nothing. */
  synchronized void offeredAll() {
    end = end == State.STOPPED && left == 0 ? State.DONE : end;
  }

  synchronized boolean hasEnded() {
    return end != State.DONE;
  }

  synchronized long decided() {
    return loaded + known + refused + left;
  }

  synchronized long rows() {
    return rows;
  }

  synchronized BackfillResult result(Duration duration) {
    State state = end == State.DONE && refused > 0 ? State.REFUSED : end;
    return new BackfillResult(
        table,
        state,
        loaded,
        Math.max(0, known - replaced),
        refused,
        quarantined,
        left,
        rows,
        bytes,
        loads,
        duration);
  }
}
