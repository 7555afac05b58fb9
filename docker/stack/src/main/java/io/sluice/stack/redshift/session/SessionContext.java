package io.sluice.stack.redshift.session;

import static java.util.Objects.requireNonNull;

import io.sluice.stack.redshift.copy.load.LoadJournal;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.fault.SessionFaults;
import io.sluice.stack.redshift.isolation.Conflicts;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all sessions share. Everything in it is safe for many threads.
 *
 * @param conflicts who reads and writes which table, in a SERIALIZABLE database only
 * @param timer ends what takes too long; stopped with the gateway
 */
public record SessionContext(
    CopyObjects objects,
    LoadJournal journal,
    SessionFaults faults,
    Optional<Conflicts> conflicts,
    Cluster cluster,
    ScheduledExecutorService timer) {
  /** Checks that nothing is missing. */
  public SessionContext {
    requireNonNull(objects, "objects");
    requireNonNull(journal, "journal");
    requireNonNull(faults, "faults");
    requireNonNull(conflicts, "conflicts");
    requireNonNull(cluster, "cluster");
    requireNonNull(timer, "timer");
  }

  /** With a timer of its own and a cluster that is up. */
  public static SessionContext of(
      CopyObjects objects,
      LoadJournal journal,
      SessionFaults faults,
      Optional<Conflicts> conflicts) {
    return new SessionContext(
        objects,
        journal,
        faults,
        conflicts,
        new Cluster(InstantSource.system(), faults::isInForce),
        newTimer());
  }

  private static ScheduledExecutorService newTimer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "redshift-timer");
          thread.setDaemon(true);
          return thread;
        });
  }
}
