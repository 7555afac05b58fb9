package io.sluice.loader.cli;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.loader.daemon.LoaderConfig;
import io.sluice.loader.operate.LogRange;
import io.sluice.loader.operate.backfill.BackfillRange;
import io.sluice.loader.store.BatchFolders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Which part of which logs: by time, by the numbers of manifests, or both. */
final class BackfillRanges {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = {
        "The batch time of the first batches, by default that of the very first:",
        "2026-11-22T05:12:30Z, 2026-11-22, '2h ago' or now."
      })
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description = "Batches of this time and later are left alone; by default none are.")
  private Instant to;

  @Option(
      names = "--manifest",
      paramLabel = "N..M",
      converter = LogRangeConverter.class,
      description = "Only these numbers of the log: 7, 7..12 with both ends, or 7.. to the last.")
  private LogRange manifests;

  @Option(
      names = "--batch-folder",
      paramLabel = "FOLDER",
      converter = FolderConverter.class,
      description = "Such as s3://bucket/x; may be repeated; by default all of the settings.")
  private List<BatchFolder> folders = new ArrayList<>();

  /** Reads a folder. */
  static final class FolderConverter implements ITypeConverter<BatchFolder> {
    @Override
    public BatchFolder convert(String text) {
      try {
        return BatchFolder.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Whether nothing at all is left out. */
  boolean isEverything() {
    return from == null && to == null && manifests == null;
  }

  /** Those that were asked for. A folder that is named need not be one of the settings. */
  Set<BatchFolder> folders(LoaderConfig settings, CommandLine command) {
    Set<BatchFolder> wanted = folders.isEmpty() ? settings.folders() : new LinkedHashSet<>(folders);
    if (manifests != null && wanted.size() > 1) {
      throw new ParameterException(
          command,
          "--manifest: numbers are those of one log: say which by --batch-folder, one of "
              + wanted);
    }
    Moments.requireInOrder(from, to, command);
    return wanted;
  }

  /** The parts of the logs, as far as they are written now. */
  List<BackfillRange> read(BatchFolders logs, Set<BatchFolder> wanted, Consumer<String> notes) {
    List<BackfillRange> ranges = new ArrayList<>();
    for (BatchFolder folder : wanted) {
      LogRange range = LogRange.between(logs, folder, from, to);
      ranges.add(BackfillRange.of(logs, folder, manifests == null ? range : range.and(manifests)));
    }
    if (ranges.stream().allMatch(range -> range.manifests().isEmpty())) {
      notes.accept("no manifest is in this range: there is nothing to load of " + wanted);
    }
    return ranges;
  }
}
