package io.sluice.loader.load;

import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.FailureKind;
import java.util.List;

/**
 * Loads again what earlier loads brought: out with the old rows and in with the new ones in one
 * transaction, so that nobody ever sees neither or both.
 *
 * <p>A replacement is never narrowed down to its good parts, for its rows are in the table already:
 * when a file is refused that was loaded before, the whole of it is refused and the old rows stay.
 * Only files that were in quarantine before may go there again. One for each table, used by one
 * thread.
 */
final class Replacing {
  private final LoadTransactions transactions;
  private final BatchFolders folders;
  private final QuarantineNotes notes;

  Replacing(LoadTransactions transactions, BatchFolders folders) {
    this.transactions = transactions;
    this.folders = folders;
    this.notes = new QuarantineNotes(folders);
  }

  /** Replaces these loads, or tells the listener for each batch why not. */
  void replace(OldLoads old, LoadListener listener) {
    BadFiles bad = new BadFiles();
    old.aside().givenUp().forEach(bad::giveUp);
    while (true) {
      try {
        for (LoadOutcome outcome : transactions.replace(old, bad)) {
          listener.settled(outcome);
          notes.write(outcome);
        }
        return;
      } catch (LoadException e) {
        if (e.kind() != FailureKind.BAD_DATA) {
          throw e;
        }
        List<String> again = badAgain(old, bad, e);
        if (again.isEmpty()) {
          LoadException reason = LoadException.notReplaced(e);
          old.batches().forEach(batch -> listener.refused(batch.id(), reason));
          return;
        }
        again.forEach(uri -> bad.add(uri, e.loadError()));
      }
    }
  }

  /** Files that were in quarantine before and belong there still. */
  private List<String> badAgain(OldLoads old, BadFiles bad, LoadException reason) {
    List<String> left = bad.left(old.batches());
    if (!reason.isFileMissing()) {
      return BadFiles.named(reason.loadError(), left).stream()
          .filter(old.aside().quarantined()::contains)
          .toList();
    }
    return old.batches().stream()
        .flatMap(
            batch ->
                batch.files().stream()
                    .filter(file -> left.contains(batch.uri(file)))
                    .filter(file -> old.aside().quarantined().contains(batch.uri(file)))
                    .filter(file -> !folders.exists(batch.id().folder(), file.key()))
                    .map(batch::uri))
        .toList();
  }
}
