package io.sluice.loader.operate;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.loader.store.BatchFolders;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stretch of a manifest log.
 *
 * @param first the number of its first manifest, from 1
 * @param last that of its last one, {@code Long.MAX_VALUE} for all that follow; below {@code first}
 *     when the stretch is empty
 */
public record LogRange(long first, long last) {
  private static final Logger log = LoggerFactory.getLogger(LogRange.class);

  /** The whole of a log. */
  public static final LogRange ALL = new LogRange(1, Long.MAX_VALUE);

  public LogRange {
    if (first < 1 || last < 0) {
      throw new IllegalArgumentException(
          "manifests are numbered from 1, not %d..%d".formatted(first, last));
    }
  }

  /**
   * The manifests whose batch time is at {@code from} or later and before {@code to}; either may be
   * null, which leaves that end open. Found by halving, with some twenty requests in a log of a
   * million: it relies on the batch times of a log growing with its numbers, which every writer
   * keeps.
   */
  public static LogRange between(
      BatchFolders folders, BatchFolder folder, Instant from, Instant to) {
    requireNonNull(folder, "folder");
    if (from == null && to == null) {
      return ALL;
    }
    Iterator<Long> numbers = folders.numbers(folder, 1);
    if (!numbers.hasNext()) {
      return new LogRange(1, 0);
    }
    long begin = numbers.next();
    long end = folders.lastListed(folder) + 1;
    long first = from == null ? begin : firstAt(folders, folder, begin, end, from);
    long last = to == null ? Long.MAX_VALUE : firstAt(folders, folder, first, end, to) - 1;
    return new LogRange(first, last);
  }

  /** What is in both. */
  public LogRange and(LogRange other) {
    return new LogRange(Math.max(first, other.first), Math.min(last, other.last));
  }

  public boolean isEmpty() {
    return last < first;
  }

  /** The lowest number of a manifest at that time or later, {@code end} when all are earlier. */
  private static long firstAt(
      BatchFolders folders, BatchFolder folder, long begin, long end, Instant time) {
    long low = begin;
    long high = end;
    while (low < high) {
      long middle = low + (high - low) / 2;
      Optional<Manifest> manifest = firstReadable(folders, folder, middle, high);
      if (manifest.isEmpty() || !manifest.get().batchTime().isBefore(time)) {
        high = middle;
      } else {
        low = manifest.get().number() + 1;
      }
    }
    return low;
  }

  /** A gap in the log is skipped, and so is what nobody can read. */
  private static Optional<Manifest> firstReadable(
      BatchFolders folders, BatchFolder folder, long begin, long end) {
    for (long number = begin; number < end; number++) {
      Optional<Manifest> manifest = readable(folders, folder, number);
      if (manifest.isPresent()) {
        return manifest;
      }
    }
    return Optional.empty();
  }

  private static Optional<Manifest> readable(
      BatchFolders folders, BatchFolder folder, long number) {
    try {
      return folders.manifest(folder, number);
    } catch (ContractException e) {
      log.debug("manifest {} of {} says nothing of its time", number, folder, e);
      return Optional.empty();
    }
  }
}
