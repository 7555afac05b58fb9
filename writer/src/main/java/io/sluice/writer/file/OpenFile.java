package io.sluice.writer.file;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.store.ObjectStore;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.upload.ObjectWriter;
import io.sluice.writer.upload.Uploads;
import java.util.concurrent.CompletableFuture;

/** A file that rows are added to. For one thread. */
final class OpenFile {
  private final String key;
  private final ObjectWriter out;
  private final FileBody body;
  private long rows;
  private long bytes;

  /**
   * Begins a file.
   *
   * @param key relative to the batch folder
   * @param keyInBucket the same, for the store
   */
  OpenFile(
      TableLayout table,
      String key,
      String keyInBucket,
      ObjectStore store,
      Uploads uploads,
      long partBytes) {
    this.key = key;
    this.out = new ObjectWriter(store, uploads, keyInBucket, partBytes);
    this.body = FileBody.of(table, out);
  }

  /** Takes the bytes of {@code count} whole rows. */
  void write(byte[] source, int from, int to, int count) {
    body.write(source, from, to);
    rows += count;
    bytes += to - from;
  }

  /** The file's size so far, as far as it can be told. */
  long size() {
    return out.length() + body.held();
  }

  /** The memory that it takes. */
  long held() {
    return out.held() + body.held();
  }

  /** Sends what it holds, if that is worth a request. */
  boolean relieve() {
    return out.relieve();
  }

  /** Ends the file and sends the rest of it; the result is done when it is in S3. */
  CompletableFuture<Void> finish() {
    body.end();
    body.close();
    return out.finish();
  }

  /** What a manifest says of the file, after {@link #finish}. */
  DataFile dataFile() {
    return new DataFile(key, rows, out.length(), bytes, out.checksum());
  }

  /** Gives the file up, or what of it was sent. */
  void abandon() {
    body.close();
    out.abandon();
  }
}
