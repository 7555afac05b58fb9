package io.sluice.writer.file;

import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.ObjectStore;
import io.sluice.writer.encode.FormatEncoder;
import io.sluice.writer.encode.RowBuffer;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.BlockPool;
import io.sluice.writer.upload.Uploads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * All files of one task: takes rows of any number of tables in any order, and puts finished,
 * compressed files of about one size to S3, in a bounded memory.
 *
 * <p>A record's rows are encoded into a buffer and, when the record is kept, moved to the rows that
 * wait of each table, many at once where they are of one table. When all that wait take too much,
 * the table with most of them gets its files; when there are no more places for files, its rows go
 * to the local disk. What is open at the end, and every small table, is finished then.
 *
 * <p>For one thread. What a task has put that fails later, or is never finished, is named by no
 * manifest, and so is not real. {@link #close} must follow in any case.
 */
public final class TaskFiles implements RowSink, AutoCloseable {
  /** Hundreds of tables have a chunk each, so it is small. */
  private static final int CHUNK_BYTES = 16 << 10;

  /** Rows of one table that follow each other are handed over together: a part of a chunk. */
  private static final int RUN_BYTES = CHUNK_BYTES / 4;

  private static final int LARGE_RECORD = 1 << 20;
  private static final TableLayout REJECTS =
      new TableLayout(
          new TableName("sluice", "rejects"),
          List.of(),
          new FileFormat(Format.JSON, Compression.ZSTD, null, null),
          0);

  /** Chunks for all tasks of a JVM. */
  private static final BlockPool CHUNKS = new BlockPool(CHUNK_BYTES, 4096);

  private final FilePlan plan;
  private final FileKeys keys;
  private final OpenFiles files;
  private final RowSpill spill = new RowSpill();
  private final RowMemory memory = new RowMemory();

  /** The rows that have been kept, of one table, and behind them those of the record in hand. */
  private final RowBuffer buffer = new RowBuffer(16 << 10);

  private final Map<TableName, Target> targets = new HashMap<>();
  private final IdentityHashMap<TableLayout, Target> byLayout = new IdentityHashMap<>();
  private final TableWriter rejects;

  /** Whose the rows are that have been kept, how many, and where in the buffer they lie. */
  private TableWriter run;

  private int runRows;
  private int runStart;
  private int runEnd;

  /** The rows of the record in hand, where each begins and whose it is. */
  private final List<Target> rowTargets = new ArrayList<>();

  private TableLayout lastTable;
  private Target lastTarget;
  private int[] rowStarts = new int[16];
  private boolean rowOpen;

  /** A table with the encoder of its rows. */
  private record Target(TableWriter writer, FormatEncoder encoder) {}

  public TaskFiles(FilePlan plan, FileKeys keys, ObjectStore store) {
    this(plan, keys, store, Uploads.shared(plan.uploads()));
  }

  TaskFiles(FilePlan plan, FileKeys keys, ObjectStore store, Uploads uploads) {
    this.plan = plan;
    this.keys = keys;
    this.files = new OpenFiles(plan, keys, store, uploads);
    this.rejects = writer(REJECTS, 1, n -> keys.rejectFile(n, "jsonl.zst"));
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a task has each layout once
  public RowEncoder row(TableLayout table) {
    endRow();
    if (table != lastTable) {
      Target known = byLayout.get(table);
      lastTarget = known == null ? target(table) : known;
      lastTable = table;
    }
    Target target = lastTarget;
    int row = rowTargets.size();
    if (row == rowStarts.length) {
      rowStarts = java.util.Arrays.copyOf(rowStarts, 2 * row);
    }
    rowStarts[row] = buffer.length();
    rowTargets.add(target);
    rowOpen = true;
    target.encoder().begin();
    return target.encoder();
  }

  @Override
  public void keep(Instant arrival) {
    endRow();
    int rows = rowTargets.size();
    for (int i = 0; i < rows; i++) {
      TableWriter writer = rowTargets.get(i).writer();
      int end = i + 1 < rows ? rowStarts[i + 1] : buffer.length();
      if (writer != run || end - runStart > CHUNK_BYTES) {
        handOver();
        run = writer;
      }
      writer.arrived(arrival);
      runRows++;
      runEnd = end;
    }
    rowTargets.clear();
    if (runEnd >= RUN_BYTES) {
      empty();
    }
  }

  @Override
  public void drop() {
    rowOpen = false;
    rowTargets.clear();
    buffer.truncate(runEnd);
  }

  /** Keeps a record that is no row: a line of JSON without its line end. */
  public void reject(byte[] jsonLine) {
    drop();
    empty();
    FormatEncoder line = FormatEncoder.of(REJECTS, buffer);
    line.begin();
    line.line(jsonLine, 0, jsonLine.length);
    line.end();
    rejects.add(buffer.bytes(), 0, buffer.length(), 1);
    empty();
  }

  /**
   * Ends all files and waits until they are in S3. When it throws, nothing of the task is real.
   *
   * @throws IllegalStateException when a record's rows were neither kept nor dropped
   */
  public WrittenFiles finish() {
    if (!rowTargets.isEmpty()) {
      throw new IllegalStateException("the rows of a record were neither kept nor dropped");
    }
    empty();
    // Those that hold places first, so that there is one for each of the others.
    finish(true);
    finish(false);
    rejects.finish();
    files.await();
    Map<TableName, WrittenTable> written = new HashMap<>();
    targets.forEach(
        (name, target) -> {
          if (!target.writer().finished().isEmpty()) {
            written.put(name, target.writer().written());
          }
        });
    return new WrittenFiles(written, rejects.finished());
  }

  /** Gives back all memory, and gives up what has not been finished. */
  @Override
  public void close() {
    try {
      files.abandon();
    } finally {
      targets.values().forEach(target -> target.writer().clear());
      rejects.clear();
      spill.close();
    }
  }

  private void finish(boolean open) {
    for (Target target : targets.values()) {
      if (target.writer().isOpen() == open) {
        target.writer().finish();
      }
    }
    if (rejects.isOpen() == open) {
      rejects.finish();
    }
  }

  private void endRow() {
    if (rowOpen) {
      rowOpen = false;
      rowTargets.get(rowTargets.size() - 1).encoder().end();
    }
  }

  /** Hands over the rows that have been kept so far; what follows them stays where it is. */
  private void handOver() {
    if (runRows > 0) {
      run.add(buffer.bytes(), runStart, runEnd, runRows);
    }
    runRows = 0;
    runStart = runEnd;
  }

  /** Hands over all, and begins the buffer anew: no record is in hand. */
  private void empty() {
    handOver();
    runStart = 0;
    runEnd = 0;
    buffer.truncate(0);
    buffer.shrink(LARGE_RECORD);
    relieve();
  }

  /** While too many rows wait, those of the table with most of them go first. */
  private void relieve() {
    while (memory.bytes() > plan.rowBytes()) {
      TableWriter largest = rejects;
      for (Target target : targets.values()) {
        if (target.writer().waiting() > largest.waiting()) {
          largest = target.writer();
        }
      }
      largest.relieve();
    }
  }

  private Target target(TableLayout table) {
    Target target = targets.get(table.name());
    if (target == null) {
      TableWriter writer =
          writer(
              table,
              plan.dealt(table.name()),
              n -> keys.dataFile(table.name(), n, Extensions.of(table.format())));
      target = new Target(writer, FormatEncoder.of(table, buffer));
      targets.put(table.name(), target);
    } else if (!target.writer().table().equals(table)) {
      throw new IllegalArgumentException(
          "rows of " + table.name() + " came in two layouts in one interval");
    }
    byLayout.put(table, target);
    return target;
  }

  private TableWriter writer(
      TableLayout table, int dealt, java.util.function.IntFunction<String> key) {
    return new TableWriter(table, plan, files, spill, CHUNKS, memory, dealt, key);
  }
}
