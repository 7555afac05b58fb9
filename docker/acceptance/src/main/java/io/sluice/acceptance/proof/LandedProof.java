package io.sluice.acceptance.proof;

import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.ListShardsResult;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.sqs.AmazonSQS;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The writer's half of the proof: manifest log, data files, rejects, orphans and messages of a
 * batch folder whose writer has ended and has committed all.
 *
 * @param differences what is not as it should be; empty when every record is there exactly once
 * @param takeovers starts of the writer
 * @param batches batches in the log
 * @param rows rows in its data files
 * @param rejects records in its files of rejects
 * @param orphans files that no manifest names
 * @param unannounced when the manifests were written of which no message tells: only the loader's
 *     look into the log finds them
 */
public record LandedProof(
    List<String> differences,
    long takeovers,
    long batches,
    long rows,
    long rejects,
    long orphans,
    List<Instant> unannounced) {
  public LandedProof {
    differences = List.copyOf(differences);
    unannounced = List.copyOf(unannounced);
  }

  /**
   * Where to look.
   *
   * @param stream the stream that was read
   * @param order what the source promises of its shards
   */
  public record Places(
      AmazonS3 s3,
      AmazonSQS sqs,
      AmazonKinesis kinesis,
      BatchFolder folder,
      String queueUrl,
      String stream,
      ShardOrder order) {}

  /** Looks at everything that the writer has left. */
  public static LandedProof of(Places places, Expectation expected) {
    Differences differences = new Differences();
    FolderView folder = FolderView.read(places.s3(), places.folder());
    new LogCheck(parents(places), places.order(), differences).check(folder);
    new RecordCheck(expected, new BatchFiles(folder, differences), differences).check(folder);
    long orphans = new OrphanCheck(differences).check(folder).size();
    List<Manifest> unannounced =
        new MessageCheck(places.sqs(), differences).check(folder, places.queueUrl());
    return new LandedProof(
        differences.list(),
        folder.manifests().stream().filter(m -> m.kind() == Manifest.Kind.TAKEOVER).count(),
        batches(folder).count(),
        batches(folder).mapToLong(Batch::rows).sum(),
        folder.manifests().stream().mapToLong(m -> m.rejects().records()).sum(),
        orphans,
        unannounced.stream().map(Manifest::createdAt).toList());
  }

  private static Stream<Batch> batches(FolderView folder) {
    return folder.manifests().stream().flatMap(manifest -> manifest.batches().stream());
  }

  /** Each shard of the stream with its parents, none for the first ones. */
  private static Map<String, List<String>> parents(Places places) {
    List<Shard> shards = new ArrayList<>();
    ListShardsResult page =
        places.kinesis().listShards(new ListShardsRequest().withStreamName(places.stream()));
    shards.addAll(page.getShards());
    while (page.getNextToken() != null) {
      page =
          places.kinesis().listShards(new ListShardsRequest().withNextToken(page.getNextToken()));
      shards.addAll(page.getShards());
    }
    Map<String, List<String>> parents = new HashMap<>();
    for (Shard shard : shards) {
      parents.put(
          shard.getShardId(),
          Stream.of(shard.getParentShardId(), shard.getAdjacentParentShardId())
              .filter(Objects::nonNull)
              .toList());
    }
    return parents;
  }
}
