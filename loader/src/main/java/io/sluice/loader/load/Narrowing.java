package io.sluice.loader.load;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.FailureKind;
import io.sluice.loader.warehouse.LoadError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Loads the good files of a load and sets the bad ones aside.
 *
 * <p>A file that the warehouse names is left out and the rest is tried again: one further COPY. Of
 * what it does not name, batches are halved, and the files of the last batch: for one bad file
 * among n that takes about {@code 2 log2(n)} further COPYs. A batch is committed with all of its
 * files decided, so that it is once in the ledger, and its bad files beside it.
 *
 * <p>When file after file is bad and none loads, the table is taken for wrong, and nothing more is
 * set aside; a batch of nothing but bad files goes to quarantine all the same when others load.
 *
 * <p>One for each table, used by one thread.
 */
final class Narrowing {
  private final LoadTransactions transactions;
  private final BatchFolders folders;
  private final QuarantineNotes notes;
  private final int maxBadFiles;

  /** Set aside since a file was loaded. */
  private int badInARow;

  /** COPYs that were refused since one loaded a file. */
  private int refusals;

  /** Files that the warehouse named since a COPY loaded one. */
  private int named;

  Narrowing(LoadTransactions transactions, BatchFolders folders, int maxBadFiles) {
    this.transactions = transactions;
    this.folders = folders;
    this.notes = new QuarantineNotes(folders);
    this.maxBadFiles = maxBadFiles;
  }

  /**
   * Loads these batches, which are alike in columns and format.
   *
   * @throws LoadException of any kind but BAD_DATA, see {@link Loader#load}
   */
  void load(TableName table, List<SourceBatch> batches, LoadListener listener) {
    BadFiles bad = new BadFiles();
    refusals = 0;
    named = 0;
    Search search = new Search(table, bad, listener, mostRefusals(bad.left(batches).size()));
    load(search, batches);
    for (List<SourceBatch> doubtful : search.doubtful()) {
      if (!search.hasLoaded()) {
        throw LoadException.tableDoesNotFit(table, badInARow + files(doubtful), search.last());
      }
      transactions.run(table, doubtful, bad).forEach(outcome -> settle(search, outcome));
    }
  }

  private void load(Search search, List<SourceBatch> all) {
    List<SourceBatch> batches = all;
    while (!batches.isEmpty()) {
      LoadException reason = attempt(search, batches).orElse(null);
      if (reason == null) {
        return;
      }
      Optional<String> file = BadFiles.named(reason.loadError(), search.bad().left(batches));
      if (reason.isFileMissing()) {
        batches = withoutMissing(search, batches, reason);
      } else if (file.isPresent() && (named < maxBadFiles || batches.size() == 1)) {
        named++;
        search.bad().add(file.get(), reason.loadError());
      } else if (batches.size() > 1) {
        int half = batches.size() / 2;
        load(search, batches.subList(0, half));
        batches = batches.subList(half, batches.size());
      } else if (!find(search, batches.get(0), reason)) {
        search.listener().refused(batches.get(0).id(), reason);
        return;
      }
    }
  }

  /** Empty when the batches are settled. */
  private Optional<LoadException> attempt(Search search, List<SourceBatch> batches) {
    try {
      if (isDoubtful(search, batches)) {
        search.doubtful().add(List.copyOf(batches));
      } else {
        transactions
            .run(search.table(), batches, search.bad())
            .forEach(outcome -> settle(search, outcome));
      }
      return Optional.empty();
    } catch (LoadException e) {
      if (e.kind() != FailureKind.BAD_DATA) {
        throw e;
      }
      search.last(e);
      refusals++;
      if (refusals > search.mostRefusals()) {
        throw LoadException.tableDoesNotFit(search.table(), badInARow + refusals, e);
      }
      return Optional.of(e);
    }
  }

  private void settle(Search search, LoadOutcome outcome) {
    if (outcome.copied()) {
      search.loaded();
      badInARow = 0;
      refusals = 0;
      named = 0;
    } else {
      badInARow += outcome.quarantined().size();
    }
    search.listener().settled(outcome);
    notes.write(outcome);
  }

  /**
   * Whether the batches have nothing but bad files, and too many: they wait until another file of
   * the load shows that the table is right.
   */
  private boolean isDoubtful(Search search, List<SourceBatch> batches) {
    return search.bad().left(batches).isEmpty() && badInARow + files(batches) > maxBadFiles;
  }

  private static int files(List<SourceBatch> batches) {
    return batches.stream().mapToInt(batch -> batch.files().size()).sum();
  }

  /** Enough for as many bad files as are allowed, and for finding the last of them by halves. */
  private int mostRefusals(int files) {
    int halvings = Integer.SIZE - Integer.numberOfLeadingZeros(files);
    return maxBadFiles + 2 * halvings + 1;
  }

  /** What is left of the batches when those whose files may still come are put off. */
  private List<SourceBatch> withoutMissing(
      Search search, List<SourceBatch> batches, LoadException reason) {
    List<SourceBatch> left = new ArrayList<>();
    boolean allThere = true;
    for (SourceBatch batch : batches) {
      List<DataFile> missing =
          batch.files().stream()
              .filter(file -> !search.bad().contains(batch.uri(file)))
              .filter(file -> !folders.exists(batch.id().folder(), file.key()))
              .toList();
      allThere &= missing.isEmpty();
      if (!missing.isEmpty() && search.listener().mayStillCome(batch.id())) {
        search
            .listener()
            .refused(
                batch.id(),
                LoadException.badData(
                    reason.getMessage() + ": S3 has no " + missing.get(0).key(),
                    "bring the file back, or leave it: it goes to quarantine then"));
        continue;
      }
      missing.forEach(
          file ->
              search
                  .bad()
                  .add(
                      batch.uri(file),
                      LoadError.of("the file that the manifest names is not in S3")));
      left.add(batch);
    }
    if (allThere) {
      throw LoadException.cameMeanwhile(reason);
    }
    return left;
  }

  /**
   * Finds one bad file of a batch by halves, by COPYs that are rolled back.
   *
   * @return false when no file is bad by itself
   */
  private boolean find(Search search, SourceBatch batch, LoadException first) {
    List<String> suspects = search.bad().left(List.of(batch));
    LoadException reason = first;
    boolean proven = true;
    while (suspects.size() > 1 || !proven) {
      int half = Math.max(1, suspects.size() / 2);
      Optional<LoadException> failure = tryOut(search, batch, suspects.subList(0, half));
      if (failure.isEmpty() && suspects.size() == 1) {
        return false;
      }
      proven = failure.isPresent();
      suspects = proven ? suspects.subList(0, half) : suspects.subList(half, suspects.size());
      reason = failure.orElse(reason);
    }
    search.bad().add(suspects.get(0), reason.loadError());
    return true;
  }

  private Optional<LoadException> tryOut(Search search, SourceBatch batch, List<String> uris) {
    Set<String> wanted = new LinkedHashSet<>(uris);
    try {
      transactions.tryOut(search.table(), batch, wanted);
      return Optional.empty();
    } catch (LoadException e) {
      if (e.kind() != FailureKind.BAD_DATA) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  /** What one load has found so far. */
  private static final class Search {
    private final TableName table;
    private final BadFiles bad;
    private final LoadListener listener;
    private final int mostRefusals;
    private final List<List<SourceBatch>> doubtful = new ArrayList<>();
    private boolean loaded;
    private LoadException last;

    private Search(TableName table, BadFiles bad, LoadListener listener, int mostRefusals) {
      this.table = table;
      this.bad = bad;
      this.listener = listener;
      this.mostRefusals = mostRefusals;
    }

    TableName table() {
      return table;
    }

    BadFiles bad() {
      return bad;
    }

    LoadListener listener() {
      return listener;
    }

    int mostRefusals() {
      return mostRefusals;
    }

    /** Batches of nothing but bad files. */
    List<List<SourceBatch>> doubtful() {
      return doubtful;
    }

    boolean hasLoaded() {
      return loaded;
    }

    void loaded() {
      loaded = true;
    }

    LoadException last() {
      return last;
    }

    void last(LoadException e) {
      last = e;
    }
  }
}
