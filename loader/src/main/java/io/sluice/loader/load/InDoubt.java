package io.sluice.loader.load;

import io.sluice.loader.plan.BatchId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The loads whose commit was asked for and never answered, until the ledger tells whether they
 * happened. What they loaded and set aside is told then, as of any other load. They are forgotten
 * with the process: the ledger has them, and the next one finds their batches there. One thread.
 */
final class InDoubt {
  private final List<LoadOutcome> loads = new ArrayList<>();

  /** This load is in doubt from now on. */
  void add(LoadOutcome outcome) {
    loads.add(outcome);
  }

  /**
   * Those that turn out to have happened. Of what the ledger was asked, none is in doubt any more.
   *
   * @param asked what the ledger was asked for, behind the lock
   * @param known those of them that are loaded, and by which load
   */
  List<LoadOutcome> resolve(Set<BatchId> asked, Map<BatchId, String> known) {
    List<LoadOutcome> happened = new ArrayList<>();
    for (Iterator<LoadOutcome> each = loads.iterator(); each.hasNext(); ) {
      LoadOutcome load = each.next();
      List<BatchId> told = load.loaded().stream().filter(asked::contains).toList();
      if (told.isEmpty()) {
        continue;
      }
      each.remove();
      // One transaction: what is true of one of its batches is true of all.
      if (load.loadId().equals(known.get(told.get(0)))) {
        happened.add(load);
      }
    }
    return happened;
  }
}
