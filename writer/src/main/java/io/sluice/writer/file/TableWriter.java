package io.sluice.writer.file;

import io.sluice.common.manifest.DataFile;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.file.RowSpill.Segment;
import io.sluice.writer.upload.BlockPool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The rows of one table in one task. They wait in memory, or on disk, until the table gets its
 * files or the task ends; then they are dealt, chunk by chunk, into a set of files, which is
 * finished as a whole. A single open file takes them at once. For one thread.
 */
final class TableWriter {
  private final TableLayout table;
  private final FilePlan plan;
  private final OpenFiles files;
  private final RowSpill spill;
  private final BlockPool pool;
  private final IntFunction<String> key;
  private final WaitingRows waiting;
  private final List<Segment> spilled = new ArrayList<>();
  private final OpenFile[] set;
  private final int places;
  private final List<DataFile> finished = new ArrayList<>();
  private boolean open;
  private int turn;
  private int begun;
  private Instant arrivalMin = Instant.MAX;
  private Instant arrivalMax = Instant.MIN;

  /**
   * @param dealt into how many files at once
   * @param key the key of the n-th file
   */
  TableWriter(
      TableLayout table,
      FilePlan plan,
      OpenFiles files,
      RowSpill spill,
      BlockPool pool,
      RowMemory memory,
      int dealt,
      IntFunction<String> key) {
    this.table = table;
    this.plan = plan;
    this.files = files;
    this.spill = spill;
    this.pool = pool;
    this.key = key;
    this.waiting = new WaitingRows(pool, memory);
    this.set = new OpenFile[dealt];
    this.places = dealt * FileBody.places(table);
  }

  TableLayout table() {
    return table;
  }

  /** Takes the bytes of {@code rows} whole rows. */
  void add(byte[] bytes, int from, int to, int rows) {
    if (open && set.length == 1 && waiting.isEmpty()) {
      write(bytes, from, to, rows);
      return;
    }
    waiting.add(bytes, from, to, rows);
    if (open && waiting.hasFullChunk()) {
      deal(waiting.remove());
    }
  }

  /** Notes when a record of its rows reached the stream. */
  void arrived(Instant arrival) {
    if (arrival.isBefore(arrivalMin)) {
      arrivalMin = arrival;
    }
    if (arrival.isAfter(arrivalMax)) {
      arrivalMax = arrival;
    }
  }

  /** The memory of the rows that wait. */
  long waiting() {
    return waiting.memory();
  }

  boolean isOpen() {
    return open;
  }

  /** Gets rid of the waiting rows: into files when there are places for them, onto disk if not. */
  void relieve() {
    if (!open && files.hasPlaces(places)) {
      begin();
    }
    while (!waiting.isEmpty()) {
      RowChunk chunk = waiting.remove();
      if (open) {
        deal(chunk);
      } else {
        spill(chunk);
      }
    }
  }

  /** Ends all files, for which there must be places; the table may get more rows later. */
  void finish() {
    if (!open && !(waiting.isEmpty() && spilled.isEmpty())) {
      begin();
    }
    while (!waiting.isEmpty()) {
      deal(waiting.remove());
    }
    if (open) {
      finishSet();
    }
  }

  /** What was written, after {@link #finish}. */
  WrittenTable written() {
    return new WrittenTable(finished, arrivalMin, arrivalMax);
  }

  /** The files that are finished so far. */
  List<DataFile> finished() {
    return finished;
  }

  /** Forgets the rows that wait. */
  void clear() {
    waiting.clear();
  }

  private void begin() {
    open = true;
    files.takePlaces(places);
    spilled.forEach(segment -> spill.read(segment, pool, this::write));
    spilled.clear();
  }

  private void spill(RowChunk chunk) {
    try {
      spilled.add(spill.write(chunk));
    } finally {
      chunk.release(pool);
    }
  }

  private void deal(RowChunk chunk) {
    try {
      write(chunk);
    } finally {
      chunk.release(pool);
    }
  }

  private void write(RowChunk chunk) {
    write(chunk.bytes, 0, chunk.length, chunk.rows);
  }

  private void write(byte[] bytes, int from, int to, int rows) {
    int at = turn;
    turn = (turn + 1) % set.length;
    if (set[at] == null) {
      set[at] = files.open(table, key.apply(begun++));
    }
    set[at].write(bytes, from, to, rows);
    files.relieve();
    if (turn == 0 && size() >= plan.finishedAt(set.length)) {
      endFiles();
    }
  }

  private long size() {
    long size = 0;
    for (OpenFile file : set) {
      size += file == null ? 0 : file.size();
    }
    return size;
  }

  private void finishSet() {
    endFiles();
    open = false;
    files.givePlaces(places);
  }

  private void endFiles() {
    for (int i = 0; i < set.length; i++) {
      OpenFile file = set[i];
      if (file != null) {
        set[i] = null;
        finished.add(files.finish(file));
      }
    }
    turn = 0;
  }
}
