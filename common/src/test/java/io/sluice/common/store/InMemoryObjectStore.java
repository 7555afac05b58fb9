package io.sluice.common.store;

import io.sluice.common.store.ObjectStoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A bucket in memory whose next requests can be made to fail. */
public final class InMemoryObjectStore implements ObjectStore {
  private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();
  private volatile boolean conditionsIgnored;
  private volatile Runnable beforeGet = () -> {};
  private final AtomicReference<Kind> nextFailure = new AtomicReference<>();

  private enum Failure {
    WRITE_REFUSED,
    WRITE_ANSWER_LOST,
    WRITE_ANSWERED_AS_TAKEN,
    FORBIDDEN
  }

  /** The next write is not carried out, and its caller sees a passing failure. */
  public void refuseNextWrite() {
    failures.add(Failure.WRITE_REFUSED);
  }

  /** The next write is carried out, and its caller sees a passing failure. */
  public void loseNextAnswer() {
    failures.add(Failure.WRITE_ANSWER_LOST);
  }

  /**
   * The next write is carried out, and its caller is told that the key is taken, as after a retry
   * in the client.
   */
  public void answerNextWriteAsTaken() {
    failures.add(Failure.WRITE_ANSWERED_AS_TAKEN);
  }

  /** The next write is not allowed. */
  public void forbidNextWrite() {
    failures.add(Failure.FORBIDDEN);
  }

  /** From now on a conditional write is like any other, as in stores that do not know it. */
  public void ignoreConditions() {
    conditionsIgnored = true;
  }

  /** The next request of any kind is not carried out. */
  public void failNext(Kind kind) {
    nextFailure.set(kind);
  }

  /** From now on runs this as each object is asked for. */
  public void beforeGet(Runnable hook) {
    beforeGet = hook;
  }

  /** How many objects were asked for. */
  public int gets() {
    return gets.get();
  }

  /** How many existence checks were made. */
  public int heads() {
    return heads.get();
  }

  /** The keys that are there. */
  public Map<String, byte[]> objects() {
    return new TreeMap<>(objects);
  }

  @Override
  public void delete(String key) {
    failIfTold(key);
    objects.remove(key);
  }

  @Override
  public void put(String key, ObjectBytes body) {
    byte[] bytes = read(body);
    write(key, () -> objects.put(key, bytes));
  }

  @Override
  public MultipartUpload upload(String key) {
    write(key, open::incrementAndGet);
    return new Upload(key);
  }

  /** Multipart uploads that were begun and neither completed nor aborted. */
  public int openUploads() {
    return open.get();
  }

  private final class Upload implements MultipartUpload {
    private final String key;
    private final Map<Integer, byte[]> parts = new ConcurrentSkipListMap<>();
    private boolean over;

    private Upload(String key) {
      this.key = key;
    }

    @Override
    public void part(int number, ObjectBytes body) {
      byte[] bytes = read(body);
      write(key, () -> parts.put(number, bytes));
    }

    @Override
    public void complete() {
      write(
          key,
          () -> {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            parts.values().forEach(whole::writeBytes);
            objects.put(key, whole.toByteArray());
            end();
          });
    }

    @Override
    public void abort() {
      write(key, this::end);
    }

    private void end() {
      if (!over) {
        over = true;
        open.decrementAndGet();
      }
    }
  }

  private synchronized void write(String key, Runnable effect) {
    failIfTold(key);
    Failure failure = failures.poll();
    failBefore(failure, key);
    effect.run();
    failAfter(failure, key);
  }

  private static byte[] read(ObjectBytes body) {
    try (InputStream in = body.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized boolean putIfAbsent(String key, byte[] body) {
    failIfTold(key);
    Failure failure = failures.poll();
    failBefore(failure, key);
    boolean stored = objects.putIfAbsent(key, body.clone()) == null || conditionsIgnored;
    failAfter(failure, key);
    return stored && failure != Failure.WRITE_ANSWERED_AS_TAKEN;
  }

  @Override
  public Optional<byte[]> get(String key) {
    failIfTold(key);
    gets.incrementAndGet();
    beforeGet.run();
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public boolean exists(String key) {
    failIfTold(key);
    heads.incrementAndGet();
    return objects.containsKey(key);
  }

  @Override
  public Iterator<StoredObject> list(String prefix, String after) {
    failIfTold(prefix);
    return objects.tailMap(after.compareTo(prefix) > 0 ? after : prefix, true).entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix) && !object.getKey().equals(after))
        .map(object -> new StoredObject(object.getKey(), object.getValue().length))
        .iterator();
  }

  private void failIfTold(String key) {
    Kind kind = nextFailure.getAndSet(null);
    if (kind != null) {
      throw new ObjectStoreException(kind, "told to fail at " + key, null);
    }
  }

  private static void failBefore(Failure failure, String key) {
    if (failure == Failure.WRITE_REFUSED) {
      throw new ObjectStoreException(Kind.TRANSIENT, "503 before " + key, null);
    }
    if (failure == Failure.FORBIDDEN) {
      throw new ObjectStoreException(Kind.MISCONFIGURED, "403 on " + key, null);
    }
  }

  private static void failAfter(Failure failure, String key) {
    if (failure == Failure.WRITE_ANSWER_LOST) {
      throw new ObjectStoreException(Kind.TRANSIENT, "timeout after " + key, null);
    }
  }
}
