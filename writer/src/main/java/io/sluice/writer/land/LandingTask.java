package io.sluice.writer.land;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.writer.encode.CsvRows;
import io.sluice.writer.encode.RejectEncoder;
import io.sluice.writer.encode.RejectException;
import io.sluice.writer.encode.RejectReason;
import io.sluice.writer.file.FileRoller;
import io.sluice.writer.land.LandedSlice.LandedTable;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Lands one slice: every record becomes a row or a reject, in one pass. For one thread and one
 * slice.
 *
 * <p>The keys carry the attempt of the run and of the task, so that a repeated or speculative task
 * lands files of its own and disturbs nobody.
 */
final class LandingTask {
  /** Rows are handed to the codec in runs of about this many characters. */
  private static final int RUN = 32 << 10;

  private final TableName table;
  private final CsvRows rowEncoder;
  private final RejectEncoder rejectEncoder = new RejectEncoder();
  private final FileRoller rowFiles;
  private final FileRoller rejectFiles;
  private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
  private final StringBuilder rows = new StringBuilder(RUN + (RUN >> 2));
  private final StringBuilder rejects = new StringBuilder();
  private long pendingRows;
  private Instant arrivalMin = Instant.MAX;
  private Instant arrivalMax = Instant.MIN;

  /**
   * A task that lands partition {@code part} of the interval; {@code taskAttempt} is unique within
   * the run.
   */
  LandingTask(LandingPlan plan, ObjectStore store, Instant batchTime, int part, long taskAttempt) {
    this.table = plan.table().name();
    this.rowEncoder = new CsvRows(plan.table(), plan.format());
    String attempt = plan.attempt() + "-" + taskAttempt;
    this.rowFiles =
        new FileRoller(
            store,
            plan.folder()::key,
            n -> BatchFolder.dataFile(batchTime, table, part, attempt + "-" + n, "csv.zst"),
            plan.targetBytes());
    this.rejectFiles =
        new FileRoller(
            store,
            plan.folder()::key,
            n -> BatchFolder.rejectFile(batchTime, part, attempt + "-" + n, "jsonl.zst"),
            plan.targetBytes());
  }

  /** Lands all of the slice. When it throws, nothing of it is real. */
  LandedSlice land(ShardSlice slice) {
    Mark first = null;
    Mark last = null;
    long records = 0;
    for (Iterator<SourceRecord> it = slice.records(); it.hasNext(); ) {
      SourceRecord record = it.next();
      first = first == null ? record.mark() : first;
      last = record.mark();
      records++;
      take(record, slice.shard());
    }
    flushRows();
    ShardRange range = records == 0 ? null : new ShardRange(slice.shard(), first, last, records);
    return new LandedSlice(slice.end(), range, tables(), rejectFiles.finish(), reasons);
  }

  private void take(SourceRecord record, String shard) {
    try {
      rowEncoder.append(record.bytes(), rows);
    } catch (RejectException e) {
      reject(record, shard, e);
      return;
    }
    pendingRows++;
    arrivalMin = record.arrival().isBefore(arrivalMin) ? record.arrival() : arrivalMin;
    arrivalMax = record.arrival().isAfter(arrivalMax) ? record.arrival() : arrivalMax;
    if (rows.length() >= RUN) {
      flushRows();
    }
  }

  private void reject(SourceRecord record, String shard, RejectException why) {
    reasons.merge(why.reason(), 1L, Long::sum);
    rejectEncoder.append(record, shard, why, rejects);
    rejectFiles.write(rejects.toString().getBytes(StandardCharsets.UTF_8), 1);
    rejects.setLength(0);
  }

  private void flushRows() {
    if (pendingRows > 0) {
      rowFiles.write(rows.toString().getBytes(StandardCharsets.UTF_8), pendingRows);
      rows.setLength(0);
      pendingRows = 0;
    }
  }

  private Map<TableName, LandedTable> tables() {
    var files = rowFiles.finish();
    return files.isEmpty()
        ? Map.of()
        : Map.of(table, new LandedTable(files, arrivalMin, arrivalMax));
  }
}
