package io.sluice.writer.upload;

import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One object on its way to S3. It goes in one request when it stays below two parts, and in parts
 * otherwise, which are sent while it grows. It is there when {@link #finish} says so, and whole.
 *
 * <p>For one thread; the sending is done by others.
 */
public final class ObjectWriter {
  private static final Logger log = LoggerFactory.getLogger(ObjectWriter.class);

  private final ObjectStore store;
  private final Uploads uploads;
  private final String key;
  private final long partBytes;
  private final Blocks blocks;
  private final CRC32C crc = new CRC32C();
  private final List<CompletableFuture<Void>> parts = new ArrayList<>();
  private long length;
  private volatile MultipartUpload upload;
  private volatile boolean abandoned;
  private CompletableFuture<Void> finished;

  /** Writes {@code key}, which nobody else writes. */
  public ObjectWriter(ObjectStore store, Uploads uploads, String key, long partBytes) {
    this.store = store;
    this.uploads = uploads;
    this.key = key;
    this.partBytes = partBytes;
    this.blocks = new Blocks(uploads.blocks());
  }

  /** Appends bytes; waits when too much is on its way. Tells the failure of an earlier part. */
  public void write(byte[] bytes, int from, int to) {
    crc.update(bytes, from, to - from);
    length += to - from;
    blocks.append(bytes, from, to);
    sendFullPart();
  }

  /** Appends what remains in the buffer. */
  public void write(ByteBuffer bytes) {
    crc.update(bytes.duplicate());
    length += bytes.remaining();
    blocks.append(bytes);
    sendFullPart();
  }

  /** All bytes so far. */
  public long length() {
    return length;
  }

  /** The bytes that are still held here. */
  public long held() {
    return blocks.length();
  }

  /** Sends a part at once, to have its memory back; false when there is not enough for one. */
  public boolean relieve() {
    if (blocks.length() < MultipartUpload.LEAST_PART_BYTES + (long) uploads.blocks().blockBytes()) {
      return false;
    }
    sendPart(Math.min(partBytes, blocks.length() - uploads.blocks().blockBytes()));
    return true;
  }

  /** The checksum of all bytes so far, as manifests carry it. */
  public String checksum() {
    return "crc32c:%08x".formatted(crc.getValue());
  }

  /** Sends the rest; the result is done when the object is there, or has the failure. */
  public CompletableFuture<Void> finish() {
    Blocks.Body rest = blocks.cutAll();
    if (parts.isEmpty()) {
      rest.expect((int) crc.getValue());
      finished = uploads.send(rest, () -> put(rest));
    } else {
      sendPart(rest);
      finished =
          CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
              .thenRunAsync(() -> uploads.patiently(upload::complete), uploads.threads());
    }
    return finished;
  }

  /**
   * Gives the object up: waits for what is being sent, gives the memory back and removes the parts.
   * Never throws; parts that cannot be removed are left to the bucket's lifecycle rule.
   */
  public void abandon() {
    abandoned = true;
    blocks.cutAll().release();
    parts.forEach(ObjectWriter::hasSucceeded);
    if (finished != null && hasSucceeded(finished)) {
      return;
    }
    MultipartUpload begun = upload;
    if (begun != null) {
      try {
        begun.abort();
      } catch (RuntimeException e) {
        log.warn("the parts of {} stay until the bucket's lifecycle rule removes them", key, e);
      }
    }
  }

  /** Waits for the end; why it failed is told by who gives the object up. */
  private static boolean hasSucceeded(CompletableFuture<Void> request) {
    try {
      request.join();
      return true;
    } catch (CompletionException | CancellationException e) {
      return false;
    }
  }

  private void sendFullPart() {
    if (blocks.length() >= 2 * partBytes) {
      sendPart(partBytes);
    }
  }

  private void sendPart(long bytes) {
    sendPart(blocks.cut(bytes));
  }

  private void sendPart(Blocks.Body body) {
    int number = parts.size() + 1;
    parts.add(uploads.send(body, () -> putPart(number, body)));
    failEarly();
  }

  private void put(Blocks.Body body) {
    if (!abandoned) {
      store.put(key, body);
    }
  }

  private void putPart(int number, Blocks.Body body) {
    if (!abandoned) {
      begun().part(number, body);
    }
  }

  private synchronized MultipartUpload begun() {
    if (upload == null) {
      upload = store.upload(key);
    }
    return upload;
  }

  /** A part that has failed already spares the work on the rest. */
  private void failEarly() {
    for (CompletableFuture<Void> part : parts) {
      if (part.isCompletedExceptionally()) {
        part.join();
      }
    }
  }
}
