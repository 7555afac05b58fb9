package io.sluice.common.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * The objects of one bucket.
 *
 * <p>Every method throws {@link ObjectStoreException}. Reads see every write that was answered
 * before them, as S3 promises since 2020. Implementations are safe for use by several threads.
 */
public interface ObjectStore {
  /** Stores an object, in place of one that has the key. After a failure it may be there or not. */
  default void put(String key, byte[] body) {
    put(key, ObjectBytes.of(body));
  }

  /** Stores an object like {@link #put(String, byte[])}, read from where its bytes lie. */
  void put(String key, ObjectBytes body);

  /**
   * Begins an object that is sent in parts. Its key must be nobody else's, for the object that it
   * names is taken for this one when the answer to its completion is lost.
   */
  MultipartUpload upload(String key);

  /**
   * Stores an object unless the key is taken; of several at once exactly one returns true.
   *
   * @return false when the key is taken, which after a retry inside the client can be by this very
   *     call: read it back
   */
  boolean putIfAbsent(String key, byte[] body);

  /** The whole object, or empty when there is none. */
  Optional<byte[]> get(String key);

  /**
   * The object's bytes while they come, or empty when there is none: to be closed by the caller,
   * who begins anew when reading fails.
   */
  default Optional<InputStream> open(String key) {
    return get(key).map(ByteArrayInputStream::new);
  }

  /** Whether there is such an object. */
  boolean exists(String key);

  /**
   * The objects whose keys begin with {@code prefix}, in the order of their keys. They are fetched
   * in pages of a thousand while they are read, so that the memory does not grow with their number;
   * {@code next} throws what the request of a page throws.
   *
   * @param after only keys behind this one, which need not be there; empty for all
   */
  Iterator<StoredObject> list(String prefix, String after);
}
