package io.sluice.loader.operate.doctor;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.store.BucketFacts;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a batch folder can be read, and {@code _copy/} in it be written, and when S3 thinks it
 * is.
 */
final class FolderCheck implements Check {
  private final BatchFolder folder;
  private final BatchFolders folders;
  private final ObjectStore store;
  private final BucketFacts facts;
  private final InstantSource clock;
  private final String id;

  FolderCheck(
      BatchFolder folder,
      BatchFolders folders,
      ObjectStore store,
      BucketFacts facts,
      InstantSource clock,
      String id) {
    this.folder = folder;
    this.folders = folders;
    this.store = store;
    this.facts = facts;
    this.clock = clock;
    this.id = id;
  }

  @Override
  public String subject() {
    return "folder " + folder;
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    long last = folders.lastNumber(folder);
    findings.add(
        last == 0
            ? Finding.warn(
                subject(),
                "readable, and its manifest log is empty",
                "look whether the writer lands there")
            : Finding.ok(subject(), "readable, the last manifest is " + last));
    write(findings);
    return findings;
  }

  private void write(List<Finding> findings) {
    String key = folder.key(BatchFolder.copyManifest("doctor-" + id));
    Instant before = clock.instant();
    store.put(key, "{}".getBytes(StandardCharsets.UTF_8));
    try {
      Instant written = facts.writtenAt(key);
      findings.add(Finding.ok(subject() + "/_copy", "writable"));
      // S3 tells whole seconds.
      findings.add(
          Clocks.compare("S3", written, before.minusSeconds(1), clock.instant().plusSeconds(1)));
    } finally {
      findings.add(removed(key));
    }
  }

  private Finding removed(String key) {
    String subject = subject() + "/_copy deletes";
    try {
      store.delete(key);
      return Finding.ok(subject, "allowed");
    } catch (ObjectStoreException e) {
      return Finding.warn(
          subject,
          e.getMessage(),
          "allow s3:DeleteObject, or let a lifecycle rule expire _copy/; quarantine retry and --canary need it to tidy up");
    }
  }
}
