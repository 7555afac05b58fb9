package io.sluice.loader.operate.quarantine;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.load.QuarantineNotes;
import io.sluice.loader.operate.quarantine.QuarantineDecision.Outcome;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.LoadTransaction;
import io.sluice.loader.warehouse.QuarantineEntry;
import io.sluice.loader.warehouse.Warehouse;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives files in quarantine up: they count as set aside for ever, and the ledger says who did it
 * and why. One transaction a table, behind its lock. One thread.
 */
public final class QuarantineDiscard {
  private final Warehouse warehouse;
  private final BatchFolders folders;
  private final InstantSource clock;

  public QuarantineDiscard(Warehouse warehouse, BatchFolders folders, InstantSource clock) {
    this.warehouse = warehouse;
    this.folders = folders;
    this.clock = clock;
  }

  /**
   * Gives them up.
   *
   * @param told hears of each file once that is committed
   */
  public void run(
      List<QuarantineEntry> entries,
      String person,
      String reason,
      Consumer<QuarantineDecision> told) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Map<TableName, List<QuarantineEntry>> tables = new LinkedHashMap<>();
    for (QuarantineEntry entry : QuarantineDecision.open(entries, told)) {
      tables.computeIfAbsent(entry.batch().table(), t -> new ArrayList<>()).add(entry);
    }
    tables.forEach(
        (table, files) -> {
          List<QuarantineDecision> decisions = new ArrayList<>();
          try (LoadTransaction transaction = warehouse.begin(table)) {
            for (QuarantineEntry file : files) {
              decisions.add(change(transaction, file, file.discarded(person, now, reason)));
            }
            transaction.commit();
          }
          decisions.forEach(told);
          decisions.forEach(this::note);
        });
  }

  /** Tells what {@link #run} would do. */
  public void wouldRun(List<QuarantineEntry> entries, Consumer<QuarantineDecision> told) {
    QuarantineDecision.open(entries, told)
        .forEach(
            entry -> told.accept(new QuarantineDecision(entry, Outcome.WOULD_BE_DISCARDED, "")));
  }

  private static QuarantineDecision change(
      LoadTransaction transaction, QuarantineEntry before, QuarantineEntry after) {
    return transaction.change(before, after)
        ? new QuarantineDecision(after, Outcome.DISCARDED, "")
        : QuarantineDecision.refused(
            before, "somebody else has decided meanwhile: look again with quarantine list --all");
  }

  private void note(QuarantineDecision decision) {
    boolean ours = folders.all().contains(decision.entry().batch().folder());
    if (ours && decision.outcome() == Outcome.DISCARDED) {
      new QuarantineNotes(folders).discarded(decision.entry());
    }
  }
}
