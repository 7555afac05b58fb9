package io.sluice.loader.operate.adoption;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.ObjectStoreException.Kind;
import io.sluice.common.store.StoredObject;
import io.sluice.loader.retry.Retries;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files once from the first byte to the last, to tell what a manifest says of them: nobody
 * has counted their rows yet. Nothing but a buffer is in memory. Safe for use by several threads.
 */
final class AdoptedFiles {
  private static final int BUFFER = 1 << 16;

  private final ObjectStore store;
  private final BatchFolder folder;
  private final Format format;
  private final Retries retries;

  AdoptedFiles(ObjectStore store, BatchFolder folder, Format format, Retries retries) {
    this.store = store;
    this.folder = folder;
    this.format = format;
    this.retries = retries;
  }

  /** Whether it passes by itself that a file could not be read. */
  static boolean passes(Throwable failure) {
    return failure instanceof ObjectStoreException e && e.isTransient();
  }

  /**
   * How a file is packed, by its name.
   *
   * @throws IllegalArgumentException when nobody here can unpack it
   */
  static Compression compression(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
    return switch (ending) {
      case "gz", "gzip" -> Compression.GZIP;
      case "zst", "zstd" -> Compression.ZSTD;
      case "bz2", "lzo", "lz4", "snappy", "deflate", "xz", "zip", "avro", "parquet", "orc" ->
          throw new IllegalArgumentException(
              key + ": only plain text, .gz and .zst can be adopted");
      default -> Compression.NONE;
    };
  }

  /** A file as a manifest has it; empty when it has no rows. */
  Optional<DataFile> read(StoredObject file) {
    return file.bytes() == 0 ? Optional.empty() : retries.get(() -> readOnce(file));
  }

  private Optional<DataFile> readOnce(StoredObject file) {
    CRC32C crc = new CRC32C();
    RowCount rows = RowCount.of(format);
    long text = 0;
    try (InputStream object = open(file);
        CheckedInputStream packed = new CheckedInputStream(object, crc);
        InputStream lines = unpacked(file.key(), packed)) {
      byte[] buffer = new byte[BUFFER];
      for (int length = lines.read(buffer); length >= 0; length = lines.read(buffer)) {
        rows.add(buffer, length);
        text += length;
      }
      packed.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException | ZstdIOException e) {
      throw new IllegalArgumentException(
          "%s is damaged, repair or remove it: %s"
              .formatted(folder.uri(file.key()), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ObjectStoreException(
          Kind.TRANSIENT, "cannot read " + folder.uri(file.key()) + ": " + e.getMessage(), e);
    }
    if (rows.total() == 0) {
      return Optional.empty();
    }
    String checksum = "crc32c:%08x".formatted(crc.getValue());
    return Optional.of(new DataFile(file.key(), rows.total(), file.bytes(), text, checksum));
  }

  private InputStream open(StoredObject file) {
    return store
        .open(folder.key(file.key()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    folder.uri(file.key()) + " has been removed while it was to be adopted"));
  }

  private static InputStream unpacked(String key, InputStream packed) throws IOException {
    return switch (compression(key)) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed, BUFFER);
      case ZSTD -> new ZstdInputStream(packed);
      case DEFLATE, SNAPPY -> throw new IllegalArgumentException(key + " is no text");
    };
  }
}
