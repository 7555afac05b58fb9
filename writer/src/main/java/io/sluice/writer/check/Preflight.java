package io.sluice.writer.check;

import static java.util.stream.Collectors.joining;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.GetQueueAttributesRequest;
import com.amazonaws.services.sqs.model.QueueDoesNotExistException;
import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.source.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at bucket, manifest log, streams and queue as a start would, and takes nothing over: all
 * that it leaves behind is one small object, {@code _check}, which every check writes anew.
 */
public final class Preflight {
  private static final byte[] BODY =
      "written by a check of the settings".getBytes(StandardCharsets.UTF_8);

  private final BatchFolder folder;
  private final ObjectStore store;
  private final ManifestLog manifests;
  private final Source source;
  private final AmazonSQS sqs;
  private final String queueUrl;
  private final List<Finding> findings = new ArrayList<>();

  public Preflight(
      BatchFolder folder,
      ObjectStore store,
      ManifestLog manifests,
      Source source,
      AmazonSQS sqs,
      String queueUrl) {
    this.folder = folder;
    this.store = store;
    this.manifests = manifests;
    this.source = source;
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** Everything that was looked at. What cannot be reached is a finding, never an exception. */
  public List<Finding> run() {
    if (checkBucket()) {
      lastManifest().ifPresent(this::checkStreams);
    }
    checkQueue();
    return List.copyOf(findings);
  }

  /** The conditional PUT is what exactly-once stands on, and not every store like S3 has it. */
  private boolean checkBucket() {
    String key = folder.key(BatchFolder.check());
    try {
      store.put(key, BODY);
      if (store.putIfAbsent(key, BODY)) {
        findings.add(
            Finding.fail(
                "bucket",
                folder
                    + ": PUT with If-None-Match replaced an object: two writers would not see each other; use a store"
                    + " that has conditional writes"));
        return false;
      }
      findings.add(Finding.ok("bucket", folder + ": reads, writes and refuses to replace"));
      return true;
    } catch (ObjectStoreException e) {
      findings.add(Finding.fail("bucket", e.getMessage()));
      return false;
    }
  }

  private Optional<List<SourceProgress>> lastManifest() {
    try {
      long last = manifests.lastNumber();
      Optional<Manifest> manifest = manifests.read(last);
      findings.add(
          Finding.ok(
              "manifest log",
              manifest
                  .map(
                      m ->
                          "manifest %d of %s, by %s on %s: a start fences it"
                              .formatted(
                                  last,
                                  m.createdAt(),
                                  m.writer().application(),
                                  m.writer().writerId()))
                  .orElse("empty: a start begins it")));
      return Optional.of(manifest.map(Manifest::sources).orElse(List.of()));
    } catch (ObjectStoreException | ContractException e) {
      findings.add(Finding.fail("manifest log", e.getMessage()));
      return Optional.empty();
    }
  }

  private void checkStreams(List<SourceProgress> committed) {
    try {
      for (SourceProgress stream : source.resume(committed)) {
        long marked = stream.marks().stream().filter(mark -> mark.mark().isPresent()).count();
        long ended = stream.marks().stream().filter(ShardMark::ended).count();
        findings.add(
            Finding.ok(
                "stream",
                "%s: goes on from %d marks, %d shards have ended, others start at %s"
                    .formatted(
                        stream.arn(),
                        marked,
                        ended,
                        stream
                            .start()
                            .startTime()
                            .map(Object::toString)
                            .orElse("the trim horizon"))));
      }
    } catch (ConfigException e) {
      findings.add(Finding.fail("stream", e.problems().stream().collect(joining("\n"))));
    } catch (SdkClientException e) {
      findings.add(Finding.fail("stream", e.getMessage()));
    }
  }

  private void checkQueue() {
    try {
      sqs.getQueueAttributes(
          new GetQueueAttributesRequest(queueUrl).withAttributeNames("RedrivePolicy"));
      findings.add(Finding.ok("queue", queueUrl));
    } catch (QueueDoesNotExistException e) {
      findings.add(
          Finding.fail("queue", queueUrl + " does not exist: create it, or correct queue.url"));
    } catch (AmazonServiceException e) {
      findings.add(
          e.getStatusCode() == 403
              ? Finding.warn(
                  "queue",
                  queueUrl
                      + ": not allowed to look at it (sqs:GetQueueAttributes, which only this check needs)")
              : Finding.fail("queue", queueUrl + ": " + e.getMessage()));
    } catch (SdkClientException e) {
      findings.add(
          Finding.warn(
              "queue",
              queueUrl
                  + " does not answer, and the writer would land all the same: "
                  + e.getMessage()));
    }
  }
}
