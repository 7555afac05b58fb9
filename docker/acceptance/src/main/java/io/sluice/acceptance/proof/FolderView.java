package io.sluice.acceptance.proof;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.S3ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A batch folder as a reader finds it: its manifests up to the first gap, and all its keys.
 *
 * @param folder the batch folder
 * @param store the objects of its bucket
 * @param manifests the log in its order
 * @param keys of every object in the folder, relative to it
 */
record FolderView(
    BatchFolder folder, ObjectStore store, List<Manifest> manifests, Set<String> keys) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Reads the folder, which nobody must write to meanwhile. */
  static FolderView read(AmazonS3 s3, BatchFolder folder) {
    ObjectStore store = new S3ObjectStore(s3, folder.bucket());
    ManifestLog log = new ManifestLog(store, folder, PATIENCE);
    List<Manifest> manifests = new ArrayList<>();
    for (Optional<Manifest> next = log.read(1);
        next.isPresent();
        next = log.read(manifests.size() + 1L)) {
      manifests.add(next.get());
    }
    return new FolderView(folder, store, List.copyOf(manifests), keys(s3, folder));
  }

  /** Every file that a manifest names, data files and files of rejects. */
  Stream<DataFile> named() {
    return manifests.stream()
        .flatMap(
            manifest ->
                Stream.concat(
                    manifest.rejects().files().stream(),
                    manifest.batches().stream().flatMap(batch -> batch.files().stream())));
  }

  /** The last number as a starting writer would find it. */
  long lastNumber() {
    return new ManifestLog(store, folder, PATIENCE).lastNumber();
  }

  private static Set<String> keys(AmazonS3 s3, BatchFolder folder) {
    String prefix = folder.prefix().isEmpty() ? "" : folder.prefix() + "/";
    ListObjectsV2Request request =
        new ListObjectsV2Request().withBucketName(folder.bucket()).withPrefix(prefix);
    Set<String> keys = new TreeSet<>();
    ListObjectsV2Result page;
    do {
      page = s3.listObjectsV2(request);
      page.getObjectSummaries().stream()
          .map(S3ObjectSummary::getKey)
          .map(key -> key.substring(prefix.length()))
          .forEach(keys::add);
      request.setContinuationToken(page.getNextContinuationToken());
    } while (page.isTruncated());
    return keys;
  }
}
