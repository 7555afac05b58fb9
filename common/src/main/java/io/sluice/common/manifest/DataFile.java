package io.sluice.common.manifest;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A finished object of a batch.
 *
 * @param key relative to the batch folder
 * @param rows rows in a data file, records in a file of rejects
 * @param bytes the object's size
 * @param uncompressedBytes the size before compression
 * @param checksum of the object's bytes, as {@code crc32c:} and eight hexadecimal digits
 */
public record DataFile(String key, long rows, long bytes, long uncompressedBytes, String checksum)
    implements Serializable {
  public DataFile {
    BatchFolder.requireRelative(key);
    requireNonNull(checksum, "checksum");
    if (rows < 1 || bytes < 1 || uncompressedBytes < 1) {
      throw new IllegalArgumentException("a data file is not empty: " + key);
    }
  }
}
