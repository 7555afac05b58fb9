package io.sluice.loader.load;

import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.CopyManifest;
import io.sluice.loader.warehouse.CopyRequest;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.QuarantineEntry;
import io.sluice.loader.warehouse.Warehouse;
import io.sluice.loader.warehouse.WarehouseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loads files again that are in quarantine: lock, COPY of nothing but them, count, the ledger's
 * rows of these files, commit. Their batches are loaded long since, so that no loader touches them;
 * the lock keeps the target's other loads away, and the change of the ledger's rows succeeds for
 * one of several who try. One thread.
 */
public final class QuarantineRetry {
  private final Warehouse warehouse;
  private final BatchFolders folders;
  private final LoadIds ids;
  private final String person;
  private final InstantSource clock;
  private final QuarantineNotes notes;

  /** {@code person} goes into the ledger. */
  public QuarantineRetry(
      Warehouse warehouse, BatchFolders folders, LoadIds ids, String person, InstantSource clock) {
    this.warehouse = warehouse;
    this.folders = folders;
    this.ids = ids;
    this.person = person;
    this.clock = clock;
    this.notes = new QuarantineNotes(folders);
  }

  /**
   * Loads files of one table and folder, alike in columns and format, as their manifests promise
   * them. All of them or, with the reason of the first that is bad, none.
   *
   * @return what the ledger has of them now
   * @throws LoadException when nothing is loaded or, of kind UNKNOWN, all may be
   */
  public List<QuarantineEntry> load(List<RepairedFile> files) {
    long promised = files.stream().mapToLong(file -> file.file().rows()).sum();
    return inTransaction(
        files,
        (attempt, rows) -> {
          if (rows != promised) {
            throw LoadException.badData(
                "load %s: COPY took %d rows and the manifests promise %d: rolled back"
                    .formatted(attempt.loadId(), rows, promised),
                "bring the files back as the writer left them, or say --replaced");
          }
          return files.stream()
              .map(f -> f.entry().retried(attempt.loadId(), person, attempt.at()))
              .toList();
        });
  }

  /**
   * Loads a file that somebody has replaced, with as many rows as it has now.
   *
   * @throws LoadException like {@link #load}
   */
  public QuarantineEntry loadReplaced(RepairedFile file) {
    return inTransaction(
            List.of(file), (attempt, rows) -> List.of(replacement(file, attempt, rows)))
        .get(0);
  }

  private QuarantineEntry replacement(RepairedFile file, Attempt attempt, long rows) {
    if (rows == 0) {
      throw LoadException.badData(
          "load %s: COPY took no row from %s: rolled back"
              .formatted(attempt.loadId(), file.entry().uri()),
          "put the repaired rows there, or give the file up: quarantine discard");
    }
    boolean asPromised = rows == file.file().rows() && !file.isResized();
    return asPromised
        ? file.entry().retried(attempt.loadId(), person, attempt.at())
        : file.entry().replaced(attempt.loadId(), rows, file.bytes(), person, attempt.at());
  }

  private List<QuarantineEntry> inTransaction(List<RepairedFile> files, Decision decision) {
    Attempt attempt = new Attempt(ids.next(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    RepairedFile first = files.get(0);
    List<QuarantineEntry> decided;
    try (LoadTransaction transaction = warehouse.begin(first.entry().batch().table())) {
      long rows = copy(transaction, attempt, files);
      decided = decision.of(attempt, rows);
      transaction.merge(attempt.loadId());
      change(transaction, files, decided);
      transaction.commit();
    } catch (WarehouseException e) {
      throw LoadException.of(attempt.loadId(), e);
    } catch (ObjectStoreException e) {
      throw LoadException.of(attempt.loadId(), e);
    }
    files.forEach(file -> notes.remove(file.entry()));
    return decided;
  }

  private long copy(LoadTransaction transaction, Attempt attempt, List<RepairedFile> files) {
    RepairedFile first = files.get(0);
    Map<String, Long> sizes = new LinkedHashMap<>();
    files.forEach(file -> sizes.put(file.entry().uri(), file.bytes()));
    String uri =
        folders.put(first.entry().batch().folder(), attempt.loadId(), new CopyManifest(sizes));
    CopyRequest request =
        new CopyRequest(uri, first.batch().batch().columns(), first.batch().batch().format());
    long rows = transaction.copy(request);
    int leftOut = transaction.leftOut().size();
    if (leftOut > 0) {
      throw LoadException.badData(
          "load %s: COPY left %d rows out, as load.max-error allows, but a retry takes a file as a whole: rolled back"
              .formatted(attempt.loadId(), leftOut),
          "repair these rows in the files");
    }
    return rows;
  }

  private static void change(
      LoadTransaction transaction, List<RepairedFile> files, List<QuarantineEntry> decided) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < decided.size(); i++) {
      QuarantineEntry before = files.get(i).entry();
      if (!transaction.change(before, decided.get(i))) {
        taken.add(before.uri());
      }
    }
    if (!taken.isEmpty()) {
      throw LoadException.badData(
          "somebody else has decided about " + taken + " meanwhile: rolled back",
          "look again with quarantine list --all");
    }
  }

  private interface Decision {
    /** What becomes of the files when COPY took so many rows; throws when it is not to be. */
    List<QuarantineEntry> of(Attempt attempt, long rows);
  }

  private record Attempt(String loadId, Instant at) {}
}
