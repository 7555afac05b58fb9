package io.sluice.stack.kinesis.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of one shard in the order of their arrival, by index; they come at the end and go at
 * the beginning. Not thread-safe: its shard's lock guards it.
 */
final class RecordLog {
  private static final int WORTH_COMPACTING = 1_024;

  private final List<KeptRecord> records = new ArrayList<>();

  /** Where the oldest record stands in the list; what is before it is gone. */
  private int head;

  private long nextIndex = 1;

  /** The index of the oldest record, or of the next one if there is none. */
  long firstIndex() {
    return nextIndex - size();
  }

  /** The index that the next record gets. */
  long nextIndex() {
    return nextIndex;
  }

  int size() {
    return records.size() - head;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  void add(KeptRecord kept) {
    records.add(kept);
    nextIndex++;
  }

  /** The record of an index from {@link #firstIndex} to below {@link #nextIndex}. */
  KeptRecord get(long index) {
    return records.get(head + Math.toIntExact(index - firstIndex()));
  }

  /** The index of the first record that arrived at this time or later. */
  long firstSince(long millis) {
    int low = head;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).arrivalMillis() < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return firstIndex() + low - head;
  }

  /** Takes the oldest record away. */
  KeptRecord removeFirst() {
    KeptRecord removed = records.set(head, null);
    head++;
    // Half of the list is moved at most once for every half that goes.
    if (head > WORTH_COMPACTING && head > records.size() / 2) {
      records.subList(0, head).clear();
      head = 0;
    }
    return removed;
  }
}
