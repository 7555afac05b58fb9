package io.sluice.loader.store;

import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.ObjectStoreException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket in memory that can be told to fail. */
public final class InMemoryObjectStore implements ObjectStore {
  private final Map<String, byte[]> objects = new TreeMap<>();
  private Kind nextFailure;
  private int gets;

  /** The next request fails. */
  public synchronized void failNext(Kind kind) {
    nextFailure = kind;
  }

  /** How many objects were asked for. */
  public synchronized int gets() {
    return gets;
  }

  public synchronized void remove(String key) {
    objects.remove(key);
  }

  @Override
  public synchronized void put(String key, byte[] body) {
    failIfTold(key);
    objects.put(key, body.clone());
  }

  @Override
  public synchronized boolean putIfAbsent(String key, byte[] body) {
    failIfTold(key);
    return objects.putIfAbsent(key, body.clone()) == null;
  }

  @Override
  public synchronized Optional<byte[]> get(String key) {
    failIfTold(key);
    gets++;
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public synchronized boolean exists(String key) {
    failIfTold(key);
    return objects.containsKey(key);
  }

  private void failIfTold(String key) {
    if (nextFailure != null) {
      Kind kind = nextFailure;
      nextFailure = null;
      throw new ObjectStoreException(kind, "told to fail at " + key, null);
    }
  }
}
