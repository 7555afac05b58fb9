package io.sluice.common.manifest;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifest log of one batch folder: the numbered manifests, from 1 without a gap, and the only
 * checkpoint of the writer.
 *
 * <p>A manifest is appended by a conditional PUT ({@code If-None-Match: *}) under the next number,
 * so that of two writers exactly one gets it; see "Conditional writes" in the Amazon S3 User Guide.
 * The last number is found without a listing: from a best-effort hint by galloping HEAD requests,
 * about {@code 2 log2(n)} of them when the hint is lost.
 *
 * <p>Safe for use by several threads; appends come from one writer at a time.
 */
public final class ManifestLog {
  private static final Logger log = LoggerFactory.getLogger(ManifestLog.class);

  private final ObjectStore store;
  private final BatchFolder folder;
  private final RetryPolicy<Object> retries;

  /**
   * The log of this folder. {@code patience} bounds how long one append or read tries again through
   * S3's failures.
   */
  public ManifestLog(ObjectStore store, BatchFolder folder, Duration patience) {
    this.store = store;
    this.folder = folder;
    this.retries =
        RetryPolicy.builder()
            .handleIf(e -> e instanceof ObjectStoreException failure && failure.isTransient())
            .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(5))
            .withJitter(0.5)
            .withMaxRetries(-1)
            .withMaxDuration(patience)
            .build();
  }

  /** The folder whose log this is. */
  public BatchFolder folder() {
    return folder;
  }

  /** The highest number in the log, 0 when it is empty. */
  public long lastNumber() {
    long known = hint();
    if (known > 0 && !exists(known)) {
      log.warn(
          "the hint in {} names manifest {}, which is not there: searching from the start",
          folder,
          known);
      known = 0;
    }
    long step = 1;
    while (exists(known + step)) {
      known += step;
      step *= 2;
    }
    long missing = known + step;
    while (missing - known > 1) {
      long middle = known + (missing - known) / 2;
      if (exists(middle)) {
        known = middle;
      } else {
        missing = middle;
      }
    }
    return known;
  }

  /** The manifest of this number, or empty when the log has not come so far. */
  public Optional<Manifest> read(long number) {
    return get(number).map(json -> parse(number, json));
  }

  /**
   * The last batch before this number, or empty when there are only takeovers: one request for each
   * of those that follow it.
   */
  public Optional<Manifest> lastBatch(long before) {
    for (long number = before - 1; number > 0; number--) {
      Optional<Manifest> manifest = read(number);
      if (manifest.isPresent() && manifest.get().kind() == Manifest.Kind.BATCH) {
        return manifest;
      }
    }
    return Optional.empty();
  }

  /**
   * Appends a manifest under its number. When it returns, the manifest is in the log, whatever
   * became of the single requests.
   *
   * @throws FencedException when another writer has that number: nothing of this manifest is real
   * @throws ObjectStoreException when S3 gave no answer for as long as the log's patience: the
   *     manifest may be there or not, and only the next start, which reads the log, can tell
   */
  public void append(Manifest manifest) {
    byte[] json = ContractJson.write(manifest);
    retrying(
        () -> {
          put(manifest, json);
          return null;
        });
    writeHint(manifest.number());
  }

  private void put(Manifest manifest, byte[] json) {
    ObjectStoreException unknown = null;
    try {
      if (store.putIfAbsent(key(manifest.number()), json)) {
        return;
      }
    } catch (ObjectStoreException e) {
      if (!e.isTransient()) {
        throw e;
      }
      unknown = e;
    }
    resolve(manifest, json, unknown);
  }

  /**
   * Reads the number back: ours means written (a retry inside the SDK can turn a success into a
   * 412).
   */
  private void resolve(Manifest manifest, byte[] json, ObjectStoreException unknown) {
    Optional<byte[]> found = store.get(key(manifest.number()));
    if (found.isEmpty()) {
      throw unknown != null
          ? unknown
          : ObjectStoreException.conflict(folder.uri(BatchFolder.manifest(manifest.number())));
    }
    if (Arrays.equals(found.get(), json)) {
      log.info(
          "manifest {} of {} was written, though its request failed", manifest.number(), folder);
      return;
    }
    throw new FencedException(
        folder, manifest.number(), parse(manifest.number(), found.get()).writer());
  }

  private Optional<byte[]> get(long number) {
    return retrying(() -> store.get(key(number)));
  }

  private boolean exists(long number) {
    return retrying(() -> store.exists(key(number)));
  }

  private Manifest parse(long number, byte[] json) {
    Manifest manifest;
    try {
      manifest = ContractJson.readManifest(json);
    } catch (ContractException e) {
      throw new ContractException(
          folder.uri(BatchFolder.manifest(number)) + ": " + e.getMessage(), e);
    }
    if (manifest.number() != number) {
      throw new ContractException(
          "%s says that it is manifest %d"
              .formatted(folder.uri(BatchFolder.manifest(number)), manifest.number()));
    }
    return manifest;
  }

  private long hint() {
    String key = folder.key(BatchFolder.lastManifestHint());
    String text =
        retrying(() -> store.get(key))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("0");
    try {
      return Math.max(0, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      log.warn("the hint in {} is not a number: searching from the start", folder);
      return 0;
    }
  }

  private void writeHint(long number) {
    try {
      store.put(
          folder.key(BatchFolder.lastManifestHint()),
          Long.toString(number).getBytes(StandardCharsets.UTF_8));
    } catch (ObjectStoreException e) {
      log.warn(
          "could not write the hint at manifest {} of {}: the next start searches longer",
          number,
          folder,
          e);
    }
  }

  private String key(long number) {
    return folder.key(BatchFolder.manifest(number));
  }

  private <T> T retrying(dev.failsafe.function.CheckedSupplier<T> request) {
    try {
      return Failsafe.with(retries).get(request);
    } catch (FailsafeException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
