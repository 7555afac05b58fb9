package io.sluice.acceptance.proof;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the manifest log by itself: no gap, each run's manifests behind its own takeover and
 * before the next one's, ranges that follow each other, marks where the ranges end, children after
 * their parents' ends if the source promises that, and as many rows and rejects as records.
 */
final class LogCheck {
  private static final Pattern NUMBERED = Pattern.compile("_manifests/[0-9]{20}\\.json");

  private final Map<String, List<String>> parents;
  private final ShardOrder order;
  private final Differences differences;
  private final Map<String, Mark> reached = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private Manifest takeover;
  private Manifest before;

  /**
   * @param parents the parents of each shard as Kinesis lists them
   */
  LogCheck(Map<String, List<String>> parents, ShardOrder order, Differences differences) {
    this.parents = parents;
    this.order = order;
    this.differences = differences;
  }

  void check(FolderView folder) {
    long numbered = folder.keys().stream().filter(NUMBERED.asMatchPredicate()).count();
    differences.unlessEqual(
        "manifests before the first gap", folder.manifests().size(), (int) numbered);
    differences.unlessEqual("last number of the log", folder.lastNumber(), numbered);
    for (Manifest manifest : folder.manifests()) {
      checkRun(manifest);
      checkRecords(manifest);
      manifest.sources().forEach(source -> checkSource(manifest, source));
      before = manifest;
    }
  }

  private void checkRun(Manifest manifest) {
    if (manifest.kind() == Manifest.Kind.TAKEOVER) {
      takeover = manifest;
      if (!manifest.batches().isEmpty() || manifest.rejects().records() > 0) {
        differences.add("takeover with files", "manifest %d".formatted(manifest.number()));
      }
      return;
    }
    if (takeover == null || !manifest.writer().equals(takeover.writer())) {
      differences.add(
          "manifest of a fenced run",
          "%d by %s, though %s had taken over"
              .formatted(
                  manifest.number(),
                  manifest.writer(),
                  takeover == null ? "nobody" : takeover.writer()));
    }
    if (before.kind() == Manifest.Kind.BATCH && !manifest.batchTime().isAfter(before.batchTime())) {
      differences.add("batch times out of order", "manifest %d".formatted(manifest.number()));
    }
  }

  private void checkRecords(Manifest manifest) {
    long records = manifest.sources().stream().mapToLong(SourceProgress::records).sum();
    long rows = manifest.batches().stream().mapToLong(Batch::rows).sum();
    long rejects = manifest.rejects().records();
    long reasons = manifest.rejects().reasons().values().stream().mapToLong(n -> n).sum();
    if (records != rows + rejects || rejects != reasons) {
      differences.add(
          "records of a manifest",
          "%d has %d records, %d rows, %d rejects, %d reasons"
              .formatted(manifest.number(), records, rows, rejects, reasons));
    }
  }

  private void checkSource(Manifest manifest, SourceProgress source) {
    for (ShardRange range : source.ranges()) {
      checkRange(manifest, range);
    }
    Map<String, Mark> marks = new HashMap<>();
    Set<String> nowEnded = new HashSet<>();
    for (ShardMark mark : source.marks()) {
      mark.mark().ifPresent(at -> marks.put(mark.shard(), at));
      if (mark.ended()) {
        nowEnded.add(mark.shard());
      }
    }
    if (!marks.equals(reached)) {
      differences.add(
          "marks",
          "manifest %d has %s, its ranges end at %s".formatted(manifest.number(), marks, reached));
    }
    if (!nowEnded.containsAll(ended)) {
      differences.add(
          "ended shards", "manifest %d: %s after %s".formatted(manifest.number(), nowEnded, ended));
    }
    ended.addAll(nowEnded);
  }

  private void checkRange(Manifest manifest, ShardRange range) {
    String shard = range.shard();
    Mark last = reached.put(shard, range.to());
    if (last != null && last.compareTo(range.from()) >= 0) {
      differences.add(
          "overlapping ranges",
          "manifest %d takes %s from %s, though %s was taken"
              .formatted(manifest.number(), shard, range.from(), last));
    }
    if (ended.contains(shard)) {
      differences.add(
          "range of an ended shard", "%s in manifest %d".formatted(shard, manifest.number()));
    }
    if (!parents.containsKey(shard)) {
      differences.add("foreign shard", "%s in manifest %d".formatted(shard, manifest.number()));
    }
    if (order == ShardOrder.PARENTS_FIRST) {
      checkParents(manifest, shard);
    }
  }

  private void checkParents(Manifest manifest, String shard) {
    for (String parent : parents.getOrDefault(shard, List.of())) {
      if (!ended.contains(parent)) {
        differences.add(
            "child before its parent",
            "%s in manifest %d, %s".formatted(shard, manifest.number(), parent));
      }
    }
  }
}
