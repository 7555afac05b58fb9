package io.sluice.loader.operate;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.loader.store.BatchFolders;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The manifests of a folder in the order of their numbers, a few read ahead. The numbers come from
 * a listing, so that a gap does not end them. The memory does not grow with the log. One thread.
 */
public final class LogReader implements Iterator<LogReader.Entry>, AutoCloseable {
  private static final int THREADS = 8;
  private static final int AHEAD = 64;

  private final BatchFolders folders;
  private final BatchFolder folder;
  private final long last;
  private final Iterator<Long> numbers;
  private final Queue<Future<Entry>> ahead = new ArrayDeque<>();
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "manifests");
            thread.setDaemon(true);
            return thread;
          });

  /** Reads the manifests from {@code first} to {@code last}, as far as they are there. */
  public LogReader(BatchFolders folders, BatchFolder folder, long first, long last) {
    this.folders = folders;
    this.folder = folder;
    this.last = last;
    this.numbers = folders.numbers(folder, first);
  }

  /**
   * A place in the log.
   *
   * @param number of the manifest
   * @param manifest empty when it cannot be read
   * @param problem why it cannot, else empty
   */
  public record Entry(long number, Optional<Manifest> manifest, String problem) {}

  @Override
  public boolean hasNext() {
    readAhead();
    return !ahead.isEmpty();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the log has ended");
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("reading the log of " + folder + " was interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("cannot read the log of " + folder, e);
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
  }

  private void readAhead() {
    while (ahead.size() < AHEAD) {
      OptionalLong number = nextNumber();
      if (number.isEmpty()) {
        return;
      }
      ahead.add(readers.submit(() -> read(number.getAsLong())));
    }
  }

  private OptionalLong nextNumber() {
    if (!numbers.hasNext()) {
      return OptionalLong.empty();
    }
    long number = numbers.next();
    return number <= last ? OptionalLong.of(number) : OptionalLong.empty();
  }

  private Entry read(long number) {
    try {
      Optional<Manifest> manifest = folders.manifest(folder, number);
      return new Entry(number, manifest, manifest.isEmpty() ? "it has been removed just now" : "");
    } catch (ContractException e) {
      return new Entry(number, Optional.empty(), e.getMessage());
    }
  }
}
