package io.sluice.loader.operate.reconcile;

import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.WriterRun;
import io.sluice.loader.operate.reconcile.Difference.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the marks of all shards through the log: each range begins behind the one before it, and
 * each manifest's marks are where its ranges end. Its memory is that of the shards, whose marks the
 * manifests themselves carry. One thread, manifests in the order of their numbers.
 */
final class ShardContinuity {
  private final Consumer<Difference> differences;

  /** Where each shard stands, by stream and shard; null before the first manifest. */
  private Map<String, Mark> reached;

  private WriterRun writer;

  ShardContinuity(Consumer<Difference> differences) {
    this.differences = differences;
  }

  /** The next manifest. */
  void follow(Manifest manifest) {
    checkWriter(manifest);
    Map<String, Mark> marks = new HashMap<>();
    for (SourceProgress source : manifest.sources()) {
      for (ShardMark mark : source.marks()) {
        mark.mark().ifPresent(at -> marks.put(name(source, mark.shard()), at));
      }
      source.ranges().forEach(range -> checkRange(manifest, source, range, marks));
    }
    if (reached != null) {
      checkUnmoved(manifest, marks);
    }
    reached = marks;
  }

  /** After a gap nothing is known. */
  void lost() {
    reached = null;
    writer = null;
  }

  private void checkWriter(Manifest manifest) {
    if (manifest.kind() == Manifest.Kind.TAKEOVER) {
      writer = manifest.writer();
    } else if (writer == null) {
      writer = manifest.writer();
    } else if (!writer.equals(manifest.writer())) {
      tell(
          Kind.FENCED_WRITER,
          manifest,
          "written by %s, though %s had taken over".formatted(manifest.writer(), writer));
    }
  }

  private void checkRange(
      Manifest manifest, SourceProgress source, ShardRange range, Map<String, Mark> marks) {
    String shard = name(source, range.shard());
    Optional<Mark> before = Optional.ofNullable(reached).map(known -> known.get(shard));
    if (before.isPresent() && before.get().compareTo(range.from()) >= 0) {
      tell(
          Kind.MARKS,
          manifest,
          "it takes %s from %s, though %s was taken before"
              .formatted(shard, range.from(), before.get()));
    }
    if (!range.to().equals(marks.get(shard))) {
      tell(
          Kind.MARKS,
          manifest,
          "it takes %s to %s and marks %s".formatted(shard, range.to(), marks.get(shard)));
    }
  }

  /** A shard that gave nothing has not moved. One that has gone is closed and long past. */
  private void checkUnmoved(Manifest manifest, Map<String, Mark> marks) {
    for (SourceProgress source : manifest.sources()) {
      source.ranges().forEach(range -> reached.remove(name(source, range.shard())));
    }
    reached.forEach(
        (shard, before) -> {
          Mark now = marks.get(shard);
          if (now != null && !now.equals(before)) {
            tell(
                Kind.MARKS,
                manifest,
                "%s moved from %s to %s without a range".formatted(shard, before, now));
          }
        });
  }

  private void tell(Kind kind, Manifest manifest, String what) {
    differences.accept(
        Difference.of(kind, manifest.number(), "manifest " + manifest.number() + ": " + what));
  }

  private static String name(SourceProgress source, String shard) {
    return source.stream() + "/" + shard;
  }
}
