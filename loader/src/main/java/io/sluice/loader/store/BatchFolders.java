package io.sluice.loader.store;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.common.store.StoredObject;
import io.sluice.loader.plan.BatchId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch folders of the settings, and no others: whatever a message says, nothing outside of
 * them is read or loaded.
 *
 * <p>Remembers the manifests that were read last. Safe for use by several threads.
 */
public final class BatchFolders {
  private static final Logger log = LoggerFactory.getLogger(BatchFolders.class);

  /** How long one read tries again through S3's failures, before the caller's own pause. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String QUARANTINE_NOTE = ".quarantine.json";

  private static final String MANIFESTS = "_manifests/";
  private static final Pattern NUMBERED = Pattern.compile("([0-9]{20})\\.json");

  /** How many manifests are read ahead at once, so that several tables do it side by side. */
  public static final int READ_AHEAD = 64;

  private final Map<BatchFolder, Folder> folders = new LinkedHashMap<>();

  /** {@code stores} gives the store of a bucket. Manifests are read one after another. */
  public BatchFolders(Iterable<BatchFolder> folders, Function<String, ObjectStore> stores) {
    this(folders, stores, Runnable::run);
  }

  /** {@code readers} read manifests ahead, and put COPY manifests ahead. */
  public BatchFolders(
      Iterable<BatchFolder> folders, Function<String, ObjectStore> stores, Executor readers) {
    for (BatchFolder folder : folders) {
      add(folder, stores.apply(folder.bucket()), readers);
    }
  }

  private BatchFolders() {}

  /**
   * Folders whose buckets have {@code readers} of their own: one that does not answer must not keep
   * the others waiting.
   */
  public static BatchFolders apart(
      Iterable<BatchFolder> wanted,
      Function<String, ObjectStore> stores,
      Function<String, Executor> readers) {
    BatchFolders apart = new BatchFolders();
    for (BatchFolder folder : wanted) {
      apart.add(folder, stores.apply(folder.bucket()), readers.apply(folder.bucket()));
    }
    return apart;
  }

  private void add(BatchFolder folder, ObjectStore store, Executor readers) {
    folders.put(folder, new Folder(store, new ManifestLog(store, folder, PATIENCE), readers));
  }

  public Set<BatchFolder> all() {
    return Collections.unmodifiableSet(folders.keySet());
  }

  /** The last number in the manifest log of a folder, 0 when it is empty. */
  public long lastNumber(BatchFolder folder) {
    return folder(folder).log().lastNumber();
  }

  /** The same, and with one more request also when a manifest is missing before the last one. */
  public long lastListed(BatchFolder folder) {
    long last = lastNumber(folder);
    for (Iterator<Long> beyond = numbers(folder, last + 1); beyond.hasNext(); ) {
      last = beyond.next();
    }
    return last;
  }

  /** A manifest, or empty when the log has not come so far. */
  public Optional<Manifest> manifest(BatchFolder folder, long number) {
    return folder(folder).manifests().get(number);
  }

  /**
   * Reads the manifests of these batches side by side, so that {@link #batch} need not ask S3 for
   * each in turn: at most {@link #READ_AHEAD} of them, for more would not be remembered. What
   * cannot be read is left to that method, which tells why; the first one that S3 does not give
   * ends the rest.
   */
  public void readAhead(Collection<BatchId> ids) {
    if (ids.size() < 2) {
      return;
    }
    AtomicBoolean failed = new AtomicBoolean();
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (BatchId id : ids) {
      if (!isKnown(id)) {
        reads.add(
            CompletableFuture.runAsync(() -> readAhead(id, failed), folder(id.folder()).readers()));
      }
    }
    CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).join();
  }

  /**
   * Begins to read the manifests of these batches, which are loaded soon: at most {@link
   * #READ_AHEAD} of them. What cannot be read is left to whoever loads them, who waits for what is
   * being read.
   */
  public void prefetch(Collection<BatchId> ids) {
    AtomicBoolean failed = new AtomicBoolean();
    ids.stream()
        .limit(READ_AHEAD)
        .filter(id -> !isKnown(id))
        .forEach(id -> inBackground(id.folder(), () -> readAhead(id, failed)));
  }

  private boolean isKnown(BatchId id) {
    return folder(id.folder()).manifests().has(id.manifest());
  }

  private void readAhead(BatchId id, AtomicBoolean failed) {
    if (failed.get()) {
      return;
    }
    try {
      manifest(id.folder(), id.manifest());
    } catch (ContractException e) {
      log.debug("{} cannot be read ahead", id, e);
    } catch (ObjectStoreException e) {
      failed.set(true);
      log.debug("{} cannot be read ahead", id, e);
    }
  }

  /**
   * A batch with its interval.
   *
   * @throws ContractException when the log has no such batch, or it cannot be read
   */
  public SourceBatch batch(BatchId id) {
    Manifest manifest =
        manifest(id.folder(), id.manifest())
            .orElseThrow(() -> new ContractException(id + ": the log has no such manifest"));
    Batch batch =
        manifest
            .batch(id.table())
            .orElseThrow(
                () -> new ContractException(id + ": the manifest has nothing for this table"));
    return new SourceBatch(id, manifest.batchTime(), manifest.createdAt(), batch);
  }

  /** Where the COPY manifest of a load is stored. */
  public CopyManifestFile copyManifest(BatchFolder folder, String loadId) {
    return new CopyManifestFile(this, folder, loadId);
  }

  /** Stores a COPY manifest and returns its address. */
  public String put(BatchFolder folder, String loadId, CopyManifest manifest) {
    String relative = BatchFolder.copyManifest(loadId);
    folder(folder)
        .store()
        .put(folder.key(relative), manifest.json().getBytes(StandardCharsets.UTF_8));
    return folder.uri(relative);
  }

  /** Runs it on the threads of the folder's bucket, when one of them is free. */
  void inBackground(BatchFolder folder, Runnable task) {
    folder(folder).readers().execute(task);
  }

  /** Removes a COPY manifest. */
  public void removeCopyManifest(BatchFolder folder, String loadId) {
    folder(folder).store().delete(folder.key(BatchFolder.copyManifest(loadId)));
  }

  /** Whether a data file is where its manifest says. */
  public boolean exists(BatchFolder folder, String key) {
    return folder(folder).store().exists(folder.key(key));
  }

  /** The size of a data file, or empty when it is not in S3. */
  public Optional<Long> size(BatchFolder folder, String key) {
    String whole = folder.key(key);
    Iterator<StoredObject> objects = folder(folder).store().list(whole, "");
    return objects.hasNext()
        ? Optional.of(objects.next()).filter(o -> o.key().equals(whole)).map(StoredObject::bytes)
        : Optional.empty();
  }

  /** A data file to be read from its beginning, packed as it is, or empty when it is not in S3. */
  public Optional<InputStream> open(BatchFolder folder, String key) {
    return folder(folder).store().open(folder.key(key));
  }

  /** Stores a note beside a data file that is in quarantine. */
  public void note(BatchFolder folder, String key, byte[] json) {
    folder(folder).store().put(folder.key(key + QUARANTINE_NOTE), json);
  }

  /** The note beside a data file, if there is one. */
  public Optional<byte[]> note(BatchFolder folder, String key) {
    return folder(folder).store().get(folder.key(key + QUARANTINE_NOTE));
  }

  /** Removes that note. */
  public void removeNote(BatchFolder folder, String key) {
    folder(folder).store().delete(folder.key(key + QUARANTINE_NOTE));
  }

  /**
   * The numbers of the manifests in a log from {@code first} on, in their order, whether or not one
   * is missing between them. Listed while they are read.
   */
  public Iterator<Long> numbers(BatchFolder folder, long first) {
    String prefix = folder.key(MANIFESTS);
    Iterator<StoredObject> objects =
        folder(folder).store().list(prefix, folder.key(BatchFolder.manifest(first - 1)));
    return stream(objects)
        .map(object -> NUMBERED.matcher(object.key().substring(prefix.length())))
        .filter(Matcher::matches)
        .map(name -> Long.parseLong(name.group(1)))
        .iterator();
  }

  /**
   * All objects of a folder from a key on, in the order of their keys, which are relative to the
   * folder. Listed while they are read.
   */
  public Iterator<StoredObject> objects(BatchFolder folder, String from) {
    String prefix = folder.prefix().isEmpty() ? "" : folder.prefix() + "/";
    return stream(folder(folder).store().list(prefix, prefix + from))
        .map(object -> new StoredObject(object.key().substring(prefix.length()), object.bytes()))
        .iterator();
  }

  private static Stream<StoredObject> stream(Iterator<StoredObject> objects) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(objects, Spliterator.ORDERED), false);
  }

  private Folder folder(BatchFolder folder) {
    Folder place = folders.get(folder);
    if (place == null) {
      throw new IllegalArgumentException(folder + " is none of the batch folders");
    }
    return place;
  }

  private record Folder(
      ObjectStore store, ManifestLog log, RecentManifests manifests, Executor readers) {
    private Folder(ObjectStore store, ManifestLog log, Executor readers) {
      this(store, log, new RecentManifests(log), readers);
    }
  }
}
