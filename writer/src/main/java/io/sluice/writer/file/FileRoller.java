package io.sluice.writer.file;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * Compresses rows into data files of about one size and puts each to S3 in one request as soon as
 * it is full, so that a task holds at most one file's bytes. One ZSTD frame a file. A file without
 * rows is never made.
 *
 * <p>For one thread. Files that were put by a task that fails later are named by no manifest, and
 * so are not real.
 */
public final class FileRoller {
  private static final int ZSTD_LEVEL = 1;

  private final ObjectStore store;
  private final UnaryOperator<String> bucketKey;
  private final IntFunction<String> relativeKey;
  private final long targetBytes;
  private final List<DataFile> finished = new ArrayList<>();

  private ByteArrayOutputStream compressed;
  private ZstdOutputStreamNoFinalizer zstd;
  private long rows;
  private long uncompressedBytes;

  /**
   * @param bucketKey from a key in the batch folder to the key in the bucket
   * @param relativeKey the key in the batch folder of the n-th file, unique to this attempt
   * @param targetBytes compressed bytes at which a file is finished
   */
  public FileRoller(
      ObjectStore store,
      UnaryOperator<String> bucketKey,
      IntFunction<String> relativeKey,
      long targetBytes) {
    this.store = store;
    this.bucketKey = bucketKey;
    this.relativeKey = relativeKey;
    this.targetBytes = targetBytes;
  }

  /** Takes the encoded bytes of some whole rows. */
  public void write(byte[] encoded, long count) {
    try {
      if (zstd == null) {
        compressed = new ByteArrayOutputStream(64 << 10);
        zstd = new ZstdOutputStreamNoFinalizer(compressed, ZSTD_LEVEL);
      }
      zstd.write(encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows += count;
    uncompressedBytes += encoded.length;
    if (compressed.size() >= targetBytes) {
      roll();
    }
  }

  /** Finishes the last file and tells of all that were put. */
  public List<DataFile> finish() {
    if (zstd != null) {
      roll();
    }
    return List.copyOf(finished);
  }

  private void roll() {
    try {
      zstd.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = compressed.toByteArray();
    String key = relativeKey.apply(finished.size());
    store.put(bucketKey.apply(key), body);
    finished.add(new DataFile(key, rows, body.length, uncompressedBytes, checksum(body)));
    zstd = null;
    compressed = null;
    rows = 0;
    uncompressedBytes = 0;
  }

  private static String checksum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return "crc32c:%08x".formatted(crc.getValue());
  }
}
