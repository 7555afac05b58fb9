package io.sluice.common.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.zip.CRC32C;

/** The bytes of an object or a part, wherever they lie. They do not change while they are sent. */
public interface ObjectBytes {
  long length();

  /**
   * Reads the bytes from the first to the last; the stream supports mark and reset over all of
   * them, so that a request can be repeated.
   */
  InputStream open();

  /** The CRC32C of all bytes, by which the store checks what has arrived. */
  int crc32c();

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

      @Override
      public int crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
      }
    };
  }
}
