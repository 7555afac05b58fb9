package io.sluice.loader.operate.quarantine;

import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.LoadException;
import io.sluice.loader.load.QuarantineRetry;
import io.sluice.loader.load.RepairedFile;
import io.sluice.loader.operate.quarantine.QuarantineDecision.Outcome;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LedgerEntry.State;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Loads files in quarantine again after a repair: those that cannot go are told apart first. Safe
 * beside loaders and other people, see {@link QuarantineRetry}. One thread.
 */
public final class QuarantineRepair {
  private final BatchFolders folders;
  private final QuarantineRetry retry;

  public QuarantineRepair(BatchFolders folders, QuarantineRetry retry) {
    this.folders = folders;
    this.retry = retry;
  }

  /**
   * Loads files again: those that are as their manifests promise by one COPY a table, those that
   * somebody has replaced each by its own, for only then their rows can be told apart.
   *
   * @param told hears of each file as soon as its fate is certain
   * @throws LoadException when something else than the files is wrong: what was not told of is not
   *     loaded or, of kind UNKNOWN, may be
   */
  public void retry(
      List<QuarantineEntry> entries, Replaced replaced, Consumer<QuarantineDecision> told) {
    for (List<RepairedFile> files : together(repaired(entries, replaced, told), replaced)) {
      try {
        loaded(files, replaced)
            .forEach(entry -> told.accept(new QuarantineDecision(entry, Outcome.LOADED, "")));
      } catch (LoadException e) {
        if (e.kind() != FailureKind.BAD_DATA) {
          throw e;
        }
        String why = e.getMessage() + ": " + e.remedy();
        files.forEach(file -> told.accept(QuarantineDecision.refused(file.entry(), why)));
      }
    }
  }

  /** Tells what {@link #retry} would do, as far as it can be told without a COPY. */
  public void wouldRetry(
      List<QuarantineEntry> entries, Replaced replaced, Consumer<QuarantineDecision> told) {
    repaired(entries, replaced, told)
        .forEach(
            file -> told.accept(new QuarantineDecision(file.entry(), Outcome.WOULD_BE_LOADED, "")));
  }

  /** Whether files may differ from what their manifests promise. */
  public enum Replaced {
    /** Somebody has put repaired files in their places. */
    ACCEPTED,
    REFUSED
  }

  private List<RepairedFile> repaired(
      List<QuarantineEntry> entries, Replaced replaced, Consumer<QuarantineDecision> told) {
    List<RepairedFile> repaired = new ArrayList<>();
    for (QuarantineEntry entry : QuarantineDecision.open(entries, told)) {
      if (entry.state() == State.LEFT_OUT) {
        told.accept(
            QuarantineDecision.refused(
                entry,
                "its good rows are in the table already, a retry would load them twice: insert the %d others by hand, and discard it then"
                    .formatted(entry.rows())));
        continue;
      }
      try {
        RepairedFile file = RepairedFile.of(entry, folders);
        Optional<String> problem = problem(file, replaced);
        if (problem.isPresent()) {
          told.accept(QuarantineDecision.refused(entry, problem.get()));
        } else {
          repaired.add(file);
        }
      } catch (ContractException e) {
        told.accept(QuarantineDecision.refused(entry, e.getMessage()));
      }
    }
    return repaired;
  }

  private static Optional<String> problem(RepairedFile file, Replaced replaced) {
    if (!file.isResized() || replaced == Replaced.ACCEPTED) {
      return Optional.empty();
    }
    return Optional.of(
        "it has %d bytes in S3 and %d in its manifest: if somebody has repaired it, say --replaced"
            .formatted(file.bytes(), file.file().bytes()));
  }

  private List<QuarantineEntry> loaded(List<RepairedFile> files, Replaced replaced) {
    return replaced == Replaced.ACCEPTED
        ? List.of(retry.loadReplaced(files.get(0)))
        : retry.load(files);
  }

  /** What one COPY can take. */
  private static Iterable<List<RepairedFile>> together(
      List<RepairedFile> files, Replaced replaced) {
    Map<Shape, List<RepairedFile>> shapes = new LinkedHashMap<>();
    for (RepairedFile file : files) {
      BatchId batch = file.entry().batch();
      Shape shape =
          new Shape(
              batch.table(),
              batch.folder().toString(),
              file.batch().batch().columns(),
              file.batch().batch().format(),
              replaced == Replaced.ACCEPTED ? file.entry().uri() : "");
      shapes.computeIfAbsent(shape, s -> new ArrayList<>()).add(file);
    }
    return shapes.values();
  }

  private record Shape(
      TableName table, String folder, List<?> columns, FileFormat format, String only) {}
}
