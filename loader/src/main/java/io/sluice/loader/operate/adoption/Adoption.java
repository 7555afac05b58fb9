package io.sluice.loader.operate.adoption;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Manifest.Kind;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.ObjectStore;
import io.sluice.loader.operate.LogReader;
import io.sluice.loader.operate.StopSignal;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.retry.Retries;
import io.sluice.loader.store.BatchFolders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Writes a manifest log for files that something else has landed, an interval a folder, so that
 * they can be loaded and proved like a writer's own. The manifests come in the order of the
 * intervals' times, by the same conditional PUT as a writer's, and like a writer each run that goes
 * on begins with a takeover: of two at once one is fenced. Whoever runs it again goes on where it
 * ended; what is adopted is not adopted again.
 *
 * <p>One thread; {@link #stop} comes from another one.
 */
public final class Adoption {
  /** How its manifests call their writer, which tells them from those of a stream's writer. */
  static final String APPLICATION = "sluice-loader backfill --adopt";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
  private static final int TRIES = 5;

  private final ObjectStore store;
  private final BatchFolders folders;
  private final BatchFolder folder;
  private final Source source;
  private final WriterRun run;
  private final InstantSource clock;
  private final AdoptedFiles files;
  private final StopSignal stop = new StopSignal();

  /**
   * What the files hold.
   *
   * @param table where their rows belong
   * @param columns of every file, in the order of the fields
   * @param format how they are written; how they are packed their names tell
   */
  public record Source(TableName table, List<Column> columns, FileFormat format) {
    public Source {
      requireNonNull(table, "table");
      requireNonNull(format, "format");
      columns = List.copyOf(columns);
    }

    private FileFormat packed(Compression compression) {
      return new FileFormat(format.format(), compression, format.delimiter(), format.nullAs());
    }
  }

  /** {@code processName} goes into the manifests. */
  public Adoption(
      ObjectStore store,
      BatchFolders folders,
      BatchFolder folder,
      Source source,
      String processName,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.folders = folders;
    this.folder = folder;
    this.source = source;
    this.run = new WriterRun(APPLICATION, processName, UUID.randomUUID().toString());
    this.clock = clock;
    Retries retries = new Retries(QUICK, TRIES, AdoptedFiles::passes, random);
    this.files = new AdoptedFiles(store, folder, source.format().format(), retries);
  }

  /**
   * Adopts all complete intervals that are not adopted yet.
   *
   * @param told hears of each interval that is left out, with the reason
   * @throws IllegalArgumentException that says why this folder cannot be adopted
   */
  public AdoptionResult adopt(Consumer<String> told) {
    return walk(told, true);
  }

  /** Looks what {@link #adopt} would do; rows are not counted, for that is reading every file. */
  public AdoptionResult preview(Consumer<String> told) {
    return walk(told, false);
  }

  /** Adopts no further interval. */
  public void stop() {
    stop.ask();
  }

  private AdoptionResult walk(Consumer<String> told, boolean write) {
    ManifestLog log = new ManifestLog(store, folder, PATIENCE);
    long last = log.lastNumber();
    AdoptionCount count = new AdoptionCount();
    try (LogReader adopted = new LogReader(folders, folder, 1, Math.max(1, last))) {
      AdoptedTimes times = new AdoptedTimes(folder, adopted);
      requireOneSeries();
      IntervalFolders intervals = new IntervalFolders(store, folder);
      long number = last;
      while (intervals.hasNext() && !stop.isAsked()) {
        IntervalFolder interval = intervals.next();
        Optional<String> refusal = refusal(interval, times, count);
        refusal.ifPresent(reason -> told.accept(interval.name() + " is left out: " + reason));
        if (refusal.isEmpty() && !times.has(interval.time())) {
          if (write && number == last && last > 0) {
            append(log, manifest(++number, Kind.TAKEOVER, interval.time(), List.of()));
          }
          count.adopted(
              interval, write ? Optional.of(append(log, ++number, interval)) : Optional.empty());
        }
      }
    }
    return count.result();
  }

  private Optional<String> refusal(
      IntervalFolder interval, AdoptedTimes times, AdoptionCount count) {
    if (!interval.complete()) {
      count.incomplete();
      return Optional.of("it has no _SUCCESS");
    }
    if (times.has(interval.time())) {
      count.known();
      return Optional.empty();
    }
    if (times.isPast(interval.time())) {
      count.late();
      return Optional.of(
          "later ones are adopted already, and a log goes forward in time: copy it into a folder of its own and adopt that");
    }
    return Optional.empty();
  }

  /** What is here of several streams would be loaded into one table. */
  private void requireOneSeries() {
    String series = null;
    for (IntervalFolders all = new IntervalFolders(store, folder); all.hasNext(); ) {
      IntervalFolder interval = all.next();
      interval.files().forEach(file -> AdoptedFiles.compression(file.key()));
      if (series != null && !series.equals(interval.series())) {
        throw new IllegalArgumentException(
            "%s has intervals of '%s' and of '%s': copy each into a folder of its own, for one log is that of one series"
                .formatted(folder, series, interval.series()));
      }
      series = interval.series();
    }
    if (series == null) {
      throw new IllegalArgumentException(
          folder + " has no folders such as prefix-1763787600000 with the time in milliseconds");
    }
  }

  private Manifest append(ManifestLog log, long number, IntervalFolder interval) {
    List<DataFile> read =
        interval.files().parallelStream().flatMap(file -> files.read(file).stream()).toList();
    List<Batch> batches = read.isEmpty() ? List.of() : List.of(batch(interval, read));
    return append(log, manifest(number, Kind.BATCH, interval.time(), batches));
  }

  /** A takeover has the time of what follows it, so that the log goes forward in time. */
  private Manifest manifest(long number, Kind kind, Instant time, List<Batch> batches) {
    return new Manifest(
        number,
        kind,
        run,
        time,
        Duration.ZERO,
        List.of(),
        batches,
        Rejects.none(),
        clock.instant());
  }

  private Manifest append(ManifestLog log, Manifest manifest) {
    try {
      log.append(manifest);
      return manifest;
    } catch (FencedException e) {
      throw new IllegalArgumentException(
          "another process writes manifests in %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private Batch batch(IntervalFolder interval, List<DataFile> read) {
    Set<Compression> compressions =
        read.stream().map(file -> AdoptedFiles.compression(file.key())).collect(Collectors.toSet());
    if (compressions.size() > 1) {
      throw new IllegalArgumentException(
          "%s has files of %s, and one COPY takes one: pack them alike"
              .formatted(folder.uri(interval.name()), compressions));
    }
    FileFormat format = source.packed(compressions.iterator().next());
    return new Batch(
        source.table(), source.columns(), format, read, interval.time(), interval.time());
  }
}
