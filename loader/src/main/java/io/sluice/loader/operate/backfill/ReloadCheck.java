package io.sluice.loader.operate.backfill;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.warehouse.LedgerHistory;
import io.sluice.loader.warehouse.RecordedLoad;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks what a reload would replace. A load is replaced as a whole or not at all, for in the table
 * its batches cannot be told apart.
 */
public final class ReloadCheck {
  private final LedgerHistory history;
  private final Instant before;

  /** {@code before} leaves out what was committed then or later. */
  public ReloadCheck(LedgerHistory history, Instant before) {
    this.history = history;
    this.before = before;
  }

  /**
   * What is to be replaced.
   *
   * @param loads how many
   * @param batches of these loads
   * @param rows that they brought
   */
  public record Size(long loads, long batches, long rows) {}

  /** Counts what would be replaced in a table. */
  public Size size(TableName table, List<BackfillRange> ranges) throws InterruptedException {
    long[] sums = new long[3];
    for (BackfillRange range : ranges) {
      new RecordedRange(history, range, table, before)
          .forEach(
              load -> {
                sums[0]++;
                sums[1] += load.batches().size();
                sums[2] += load.rows();
              });
    }
    return new Size(sums[0], sums[1], sums[2]);
  }

  /** Why whole loads cannot be replaced in these ranges, with the way out; empty when they can. */
  public Optional<String> problem(TableName table, List<BackfillRange> ranges)
      throws InterruptedException {
    for (BackfillRange range : ranges) {
      Cover cover = new Cover(range, ranges);
      new RecordedRange(history, range, table, before).forEach(cover::add);
      if (cover.isWider()) {
        return Optional.of(cover.explain(table));
      }
    }
    return Optional.empty();
  }

  private final class Cover {
    private final BackfillRange range;
    private final List<BackfillRange> ranges;
    private LogRange needed;
    private RecordedLoad beyond;
    private BatchId elsewhere;

    private Cover(BackfillRange range, List<BackfillRange> ranges) {
      this.range = range;
      this.ranges = ranges;
      this.needed = range.manifests();
    }

    private void add(RecordedLoad load) {
      for (BatchId batch : load.batches()) {
        if (batch.folder().equals(range.folder())) {
          widen(load, batch.manifest());
        } else if (ranges.stream()
            .noneMatch(other -> other.contains(batch.folder(), batch.manifest()))) {
          beyond = beyond == null ? load : beyond;
          elsewhere = batch;
        }
      }
    }

    private void widen(RecordedLoad load, long manifest) {
      if (manifest < needed.first() || manifest > needed.last()) {
        beyond = beyond == null ? load : beyond;
        needed =
            new LogRange(Math.min(needed.first(), manifest), Math.max(needed.last(), manifest));
      }
    }

    private boolean isWider() {
      return beyond != null;
    }

    private String explain(TableName table) throws InterruptedException {
      String partly = "load %s of %s is only partly in %s".formatted(beyond.id(), table, range);
      if (elsewhere != null) {
        return "%s, for it also has %s: --widen takes such loads whole"
            .formatted(partly, elsewhere);
      }
      LogRange whole = closed(table);
      return "%s: use --batch-folder %s --manifest %d..%d, or --widen"
          .formatted(partly, range.folder(), whole.first(), whole.last());
    }

    /** Until no load reaches beyond. */
    private LogRange closed(TableName table) throws InterruptedException {
      LogRange last = range.manifests();
      while (!last.equals(needed)) {
        last = needed;
        new RecordedRange(history, new BackfillRange(range.folder(), last), table, before)
            .forEach(this::add);
      }
      return needed;
    }
  }
}
