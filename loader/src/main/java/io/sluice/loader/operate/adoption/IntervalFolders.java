package io.sluice.loader.operate.adoption;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interval folders below a batch folder in the order of their names, which for those of one
 * series is the order of their times. Listed while they are read: the memory is that of one folder.
 * One thread.
 */
final class IntervalFolders implements Iterator<IntervalFolder> {
  /** Milliseconds since 1970 have had 13 digits since 2001. */
  private static final Pattern NAME = Pattern.compile("(.*?)-?([0-9]{13})(\\.[^/]+)?");

  private static final String SUCCESS = "_SUCCESS";

  private final int prefix;
  private final Iterator<StoredObject> objects;
  private StoredObject next;

  IntervalFolders(ObjectStore store, BatchFolder folder) {
    String prefix = folder.prefix().isEmpty() ? "" : folder.prefix() + "/";
    this.prefix = prefix.length();
    this.objects = store.list(prefix, "");
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public IntervalFolder next() {
    if (next == null) {
      throw new NoSuchElementException("there are no more folders");
    }
    String name = top(next);
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalStateException(name + " is no interval");
    }
    List<StoredObject> files = new ArrayList<>();
    boolean complete = false;
    while (next != null && top(next).equals(name)) {
      complete |= next.key().equals(name + "/" + SUCCESS);
      if (!isHidden(next.key())) {
        files.add(next);
      }
      advance();
    }
    String suffix = matcher.group(3) == null ? "" : matcher.group(3);
    return new IntervalFolder(
        name,
        matcher.group(1) + suffix,
        Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
        complete,
        files);
  }

  /** To the next object of an interval, with its key relative to the folder. */
  private void advance() {
    next = null;
    while (next == null && objects.hasNext()) {
      StoredObject object = objects.next();
      StoredObject relative = new StoredObject(object.key().substring(prefix), object.bytes());
      if (relative.key().contains("/") && NAME.matcher(top(relative)).matches()) {
        next = relative;
      }
    }
  }

  private static String top(StoredObject object) {
    int slash = object.key().indexOf('/');
    return slash < 0 ? object.key() : object.key().substring(0, slash);
  }

  /** What Hadoop keeps beside the data, and the marker of an empty folder. */
  private static boolean isHidden(String key) {
    if (key.endsWith("/")) {
      return true;
    }
    for (String segment : key.split("/", -1)) {
      if (segment.startsWith("_") || segment.startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
