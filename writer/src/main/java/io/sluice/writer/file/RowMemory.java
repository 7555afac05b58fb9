package io.sluice.writer.file;

/** What all rows of a task take that wait in memory. For one thread. */
final class RowMemory {
  private long bytes;

  void grow(long by) {
    bytes += by;
  }

  long bytes() {
    return bytes;
  }
}
