package io.sluice.common.store;

import static java.util.Objects.requireNonNull;

/**
 * An object as a listing shows it.
 *
 * @param bytes its size
 */
public record StoredObject(String key, long bytes) {
  public StoredObject {
    requireNonNull(key, "key");
  }
}
