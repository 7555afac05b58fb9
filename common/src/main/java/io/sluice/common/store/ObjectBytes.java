package io.sluice.common.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The bytes of an object or a part, wherever they lie. They do not change while they are sent. */
public interface ObjectBytes {
  long length();

  /**
   * Reads the bytes from the first to the last; the stream supports mark and reset over all of
   * them, so that a request can be repeated.
   */
  InputStream open();

  /** An array's bytes. */
  static ObjectBytes of(byte[] bytes) {
    return new ObjectBytes() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }
}
