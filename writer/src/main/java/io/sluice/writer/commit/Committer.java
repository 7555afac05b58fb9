package io.sluice.writer.commit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.TableName;
import io.sluice.writer.announce.Announcer;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.file.WrittenTable;
import io.sluice.writer.land.LandedPartition;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Map<TableName, TableLayout> layouts;
  private final Clock clock;
  private Manifest last;
  private List<SourceProgress> committed;

  /** Continues the log after {@code takeover} with batches of these tables. */
  public Committer(
      ManifestLog manifests,
      Source source,
      Announcer announcer,
      List<TableLayout> layouts,
      Manifest takeover,
      Clock clock) {
    this.manifests = manifests;
    this.source = source;
    this.announcer = announcer;
    this.layouts = layouts.stream().collect(toMap(TableLayout::name, layout -> layout));
    this.last = takeover;
    this.committed = takeover.sources();
    this.clock = clock;
  }

  /** The number that the next manifest gets, unless this run is fenced. */
  public long nextNumber() {
    return last.number() + 1;
  }

  /**
   * Commits one interval and announces its batches.
   *
   * @return the manifest, or empty when nothing had moved
   * @throws io.sluice.common.manifest.FencedException when another writer has taken over
   * @throws io.sluice.common.store.ObjectStoreException when S3 did not say what became of the
   *     manifest
   */
  public Optional<Manifest> commit(Instant batchTime, List<LandedPartition> landed) {
    List<SliceEnd> ends = landed.stream().flatMap(part -> part.ends().stream()).toList();
    List<SourceProgress> progress = source.after(ends);
    long records = landed.stream().mapToLong(LandedPartition::records).sum();
    if (records == 0 && !hasMoved(progress)) {
      source.committed(progress, ends);
      return Optional.empty();
    }
    Manifest manifest =
        new Manifest(
            nextNumber(),
            Manifest.Kind.BATCH,
            last.writer(),
            batchTime,
            last.interval(),
            progress,
            batches(landed),
            rejects(landed),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    manifests.append(manifest);
    last = manifest;
    committed = progress;
    source.committed(progress, ends);
    announcer.announce(manifest);
    return Optional.of(manifest);
  }

  /** Records were taken, or a shard has come to its end. */
  private boolean hasMoved(List<SourceProgress> progress) {
    return progress.stream().anyMatch(stream -> !stream.ranges().isEmpty())
        || !ended(committed).containsAll(ended(progress));
  }

  private static Set<String> ended(List<SourceProgress> progress) {
    return progress.stream()
        .flatMap(
            stream ->
                stream.marks().stream()
                    .filter(ShardMark::ended)
                    .map(mark -> stream.stream() + " " + mark.shard()))
        .collect(toSet());
  }

  private List<Batch> batches(List<LandedPartition> landed) {
    Map<TableName, List<WrittenTable>> byTable = new TreeMap<>();
    for (LandedPartition part : landed) {
      part.files()
          .tables()
          .forEach(
              (table, written) ->
                  byTable.computeIfAbsent(table, t -> new ArrayList<>()).add(written));
    }
    return byTable.entrySet().stream()
        .map(entry -> batch(layouts.get(entry.getKey()), entry.getValue()))
        .toList();
  }

  private static Batch batch(TableLayout table, List<WrittenTable> written) {
    return new Batch(
        table.name(),
        table.manifestColumns(),
        table.format(),
        written.stream().flatMap(files -> files.files().stream()).toList(),
        written.stream().map(WrittenTable::arrivalMin).min(Instant::compareTo).orElseThrow(),
        written.stream().map(WrittenTable::arrivalMax).max(Instant::compareTo).orElseThrow());
  }

  private static Rejects rejects(List<LandedPartition> landed) {
    List<DataFile> files =
        landed.stream().flatMap(part -> part.files().rejects().stream()).toList();
    Map<String, Long> reasons =
        landed.stream()
            .flatMap(part -> part.rejectReasons().entrySet().stream())
            .collect(toMap(entry -> entry.getKey().label(), Map.Entry::getValue, Long::sum));
    return new Rejects(files, reasons);
  }
}
