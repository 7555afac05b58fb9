package io.sluice.writer.commit;

import static java.util.stream.Collectors.toMap;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.announce.Announcer;
import io.sluice.writer.land.LandedSlice;
import io.sluice.writer.land.LandedSlice.LandedTable;
import io.sluice.writer.land.LandingPlan;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Commits the intervals of one run, one after another. An interval that moved nothing makes no
 * manifest.
 *
 * <p>Once a commit has thrown, this run must commit nothing more: whether its manifest is in the
 * log is for the next run to find out. For one thread at a time.
 */
public final class Committer {
  private final ManifestLog manifests;
  private final Source source;
  private final Announcer announcer;
  private final LandingPlan plan;
  private final Clock clock;
  private Manifest last;

  /** Continues the log after {@code takeover}. */
  public Committer(
      ManifestLog manifests,
      Source source,
      Announcer announcer,
      LandingPlan plan,
      Manifest takeover,
      Clock clock) {
    this.manifests = manifests;
    this.source = source;
    this.announcer = announcer;
    this.plan = plan;
    this.last = takeover;
    this.clock = clock;
  }

  /**
   * Commits one interval and announces its batches.
   *
   * @return the manifest, or empty when nothing had moved
   * @throws io.sluice.common.manifest.FencedException when another writer has taken over
   * @throws io.sluice.common.store.ObjectStoreException when S3 did not say what became of the
   *     manifest
   */
  public Optional<Manifest> commit(Instant batchTime, List<LandedSlice> slices) {
    List<SliceEnd> ends = slices.stream().map(LandedSlice::end).toList();
    List<ShardRange> ranges = slices.stream().flatMap(slice -> slice.taken().stream()).toList();
    SourceProgress progress = source.after(ranges, ends);
    if (ranges.isEmpty() && ends.stream().noneMatch(end -> end.reached().ended())) {
      source.committed(progress, ends);
      return Optional.empty();
    }
    Manifest manifest =
        new Manifest(
            last.number() + 1,
            Manifest.Kind.BATCH,
            last.writer(),
            batchTime,
            last.interval(),
            List.of(progress),
            batches(slices),
            rejects(slices),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    manifests.append(manifest);
    last = manifest;
    source.committed(progress, ends);
    announcer.announce(manifest);
    return Optional.of(manifest);
  }

  private List<Batch> batches(List<LandedSlice> slices) {
    Map<TableName, List<LandedTable>> byTable = new TreeMap<>();
    for (LandedSlice slice : slices) {
      slice
          .tables()
          .forEach(
              (table, landed) ->
                  byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(landed));
    }
    return byTable.entrySet().stream()
        .map(entry -> batch(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Batch batch(TableName table, List<LandedTable> landed) {
    return new Batch(
        table,
        plan.table().manifestColumns(),
        plan.format(),
        landed.stream().flatMap(files -> files.files().stream()).toList(),
        landed.stream().map(LandedTable::arrivalMin).min(Instant::compareTo).orElseThrow(),
        landed.stream().map(LandedTable::arrivalMax).max(Instant::compareTo).orElseThrow());
  }

  private static Rejects rejects(List<LandedSlice> slices) {
    List<DataFile> files = slices.stream().flatMap(slice -> slice.rejectFiles().stream()).toList();
    Map<String, Long> reasons =
        slices.stream()
            .flatMap(slice -> slice.rejectReasons().entrySet().stream())
            .collect(toMap(entry -> entry.getKey().label(), Map.Entry::getValue, Long::sum));
    return new Rejects(files, reasons);
  }
}
