package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.StoredObject;
import io.sluice.loader.store.BatchFolders;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lies in the intervals of a batch folder, read by one listing beside the manifest log: both
 * go forward in time, and only the files of one interval are in memory. An interval that the log
 * comes back to, for a clock was set back, is listed by itself. What no manifest asks for is an
 * orphan: the file of a task or of a run that died.
 *
 * <p>One thread.
 */
final class LandedFiles {
  /** Intervals without a manifest that are told by name; more are only counted. */
  private static final int MOST_NAMED = 10_000;

  private static final Pattern INTERVAL = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z");
  private static final String NOTE = ".quarantine.json";

  private final BatchFolders folders;
  private final BatchFolder folder;
  private final String youngest;
  private final Iterator<StoredObject> objects;
  private StoredObject next;

  /** The interval that was asked for last. */
  private String current = "";

  /** The first interval of all, before which nothing is an orphan of this log's part. */
  private final String from;

  private final Map<String, Orphans> without = new LinkedHashMap<>();
  private Orphans others = Orphans.NONE;

  /**
   * @param from the first interval; files of earlier ones are left alone
   * @param youngest files of intervals from here on may be on their way
   */
  LandedFiles(BatchFolders folders, BatchFolder folder, Instant from, Instant youngest) {
    this.folders = folders;
    this.folder = folder;
    this.from = BatchFolder.interval(from);
    this.youngest = BatchFolder.interval(youngest);
    this.objects = folders.objects(folder, this.from);
    advance();
  }

  /** Objects that no manifest names. */
  record Orphans(long count, long bytes) {
    static final Orphans NONE = new Orphans(0, 0);

    Orphans plus(long moreObjects, long moreBytes) {
      return new Orphans(count + moreObjects, bytes + moreBytes);
    }
  }

  /** The sizes of all objects of an interval, by their keys relative to the folder. */
  Map<String, Long> of(Instant batchTime) {
    String interval = BatchFolder.interval(batchTime);
    if (interval.compareTo(current) <= 0 || interval.compareTo(from) < 0) {
      without.remove(interval);
      return listed(interval);
    }
    passTo(interval);
    current = interval;
    Map<String, Long> sizes = new HashMap<>();
    while (next != null && interval(next).equals(interval)) {
      add(sizes, next);
      advance();
    }
    return sizes;
  }

  /**
   * The sizes of those of these files that lie outside of the folder of their interval: something
   * else has landed them, and they were adopted where they were.
   */
  Map<String, Long> adopted(Instant batchTime, List<DataFile> named) {
    String interval = BatchFolder.interval(batchTime) + "/";
    Set<String> elsewhere =
        named.stream()
            .map(DataFile::key)
            .filter(key -> !key.startsWith(interval))
            .collect(Collectors.toSet());
    Map<String, Long> sizes = new HashMap<>();
    elsewhere.stream()
        .map(key -> key.substring(0, key.indexOf('/') + 1))
        .distinct()
        .forEach(top -> sizes.putAll(listed(top)));
    sizes.keySet().retainAll(elsewhere);
    return sizes;
  }

  /** Of what {@link #of} gave, these are named by no manifest. */
  void unnamed(long count, long bytes) {
    others = others.plus(count, bytes);
  }

  /**
   * All orphans, once the log is read.
   *
   * @param toTheEnd whether it was read to its end: else later files have manifests
   */
  Orphans orphans(boolean toTheEnd) {
    if (toTheEnd) {
      passTo(youngest);
    }
    Orphans sum = others;
    for (Orphans interval : without.values()) {
      sum = sum.plus(interval.count(), interval.bytes());
    }
    return sum;
  }

  private void passTo(String interval) {
    while (next != null && interval(next).compareTo(interval) < 0) {
      pass(next);
      advance();
    }
  }

  private void pass(StoredObject object) {
    String interval = interval(object);
    if (object.key().endsWith(NOTE) || interval.compareTo(youngest) >= 0) {
      return;
    }
    if (without.containsKey(interval) || without.size() < MOST_NAMED) {
      without.merge(
          interval, new Orphans(1, object.bytes()), (a, b) -> a.plus(b.count(), b.bytes()));
    } else {
      others = others.plus(1, object.bytes());
    }
  }

  private Map<String, Long> listed(String interval) {
    Map<String, Long> sizes = new HashMap<>();
    String name = interval.endsWith("/") ? interval.substring(0, interval.length() - 1) : interval;
    for (Iterator<StoredObject> each = folders.objects(folder, interval); each.hasNext(); ) {
      StoredObject object = each.next();
      if (!interval(object).equals(name)) {
        break;
      }
      add(sizes, object);
    }
    return sizes;
  }

  private static void add(Map<String, Long> sizes, StoredObject object) {
    if (!object.key().endsWith(NOTE)) {
      sizes.put(object.key(), object.bytes());
    }
  }

  /** To the next object of an interval; behind the last of them come other objects. */
  private void advance() {
    next = null;
    while (objects.hasNext()) {
      StoredObject object = objects.next();
      if (INTERVAL.matcher(interval(object)).matches()) {
        next = object;
        return;
      }
      if (object.key().startsWith("_")) {
        return;
      }
    }
  }

  private static String interval(StoredObject object) {
    int slash = object.key().indexOf('/');
    return slash < 0 ? object.key() : object.key().substring(0, slash);
  }
}
