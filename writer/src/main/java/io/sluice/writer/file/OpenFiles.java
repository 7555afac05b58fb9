package io.sluice.writer.file;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.Uploads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The files of one task that are open or on their way: how many, and how much memory they take. For
 * one thread.
 */
final class OpenFiles {
  private final FilePlan plan;
  private final FileKeys keys;
  private final ObjectStore store;
  private final Uploads uploads;
  private final List<OpenFile> open = new ArrayList<>();
  private final Deque<Sending> sending = new ArrayDeque<>();
  private int freePlaces;

  /** A file whose last bytes were handed over. */
  private record Sending(OpenFile file, CompletableFuture<Void> sent) {}

  OpenFiles(FilePlan plan, FileKeys keys, ObjectStore store, Uploads uploads) {
    this.plan = plan;
    this.keys = keys;
    this.store = store;
    this.uploads = uploads;
    this.freePlaces = plan.maxOpen();
  }

  /** Whether so many places are free, or all are: one set of files is always possible. */
  boolean hasPlaces(int places) {
    return freePlaces >= places || freePlaces == plan.maxOpen();
  }

  void takePlaces(int places) {
    freePlaces -= places;
  }

  void givePlaces(int places) {
    freePlaces += places;
  }

  OpenFile open(TableLayout table, String key) {
    OpenFile file =
        new OpenFile(table, key, keys.inBucket(key), store, uploads, plan.uploads().partBytes());
    open.add(file);
    return file;
  }

  /** Sends early what would take too much memory otherwise: parts of the largest files. */
  void relieve() {
    long held = 0;
    for (OpenFile file : open) {
      held += file.held();
    }
    while (held > plan.heldBytes()) {
      OpenFile largest = open.stream().max(Comparator.comparingLong(OpenFile::held)).orElseThrow();
      long before = largest.held();
      if (!largest.relieve()) {
        return;
      }
      held -= before - largest.held();
    }
  }

  /** Ends a file; throws when one that was ended earlier could not be sent. */
  DataFile finish(OpenFile file) {
    CompletableFuture<Void> sent = file.finish();
    open.remove(file);
    sending.addLast(new Sending(file, sent));
    while (!sending.isEmpty() && sending.peekFirst().sent().isDone()) {
      await(sending.peekFirst().sent());
      sending.removeFirst();
    }
    return file.dataFile();
  }

  /** Waits until all files that were finished are in S3. */
  void await() {
    while (!sending.isEmpty()) {
      await(sending.peekFirst().sent());
      sending.removeFirst();
    }
  }

  /** Gives up all that is open or on its way. */
  void abandon() {
    open.forEach(OpenFile::abandon);
    open.clear();
    sending.forEach(it -> it.file().abandon());
    sending.clear();
  }

  private static void await(CompletableFuture<Void> sent) {
    try {
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Uploads.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** The same exception by this thread, so that a task fails by the store's own words. */
  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return failure(wrapped.getCause());
    }
    if (cause instanceof ObjectStoreException e) {
      return new ObjectStoreException(e.kind(), e.getMessage(), e);
    }
    return new IllegalStateException("a file could not be sent", cause);
  }
}
