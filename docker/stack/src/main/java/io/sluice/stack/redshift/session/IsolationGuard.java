package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.isolation.Access;
import io.sluice.stack.redshift.isolation.Conflicts;
import io.sluice.stack.redshift.isolation.Conflicts.Fate;
import io.sluice.stack.redshift.isolation.Snapshot;
import io.sluice.stack.redshift.isolation.Violation;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stops a statement that would break the serial order of a SERIALIZABLE database. The database's
 * own locks tell what the session's transaction has touched: those of the statement at hand are
 * there since its Parse. Does nothing in a SNAPSHOT database. Used by the client's pump only.
 */
final class IsolationGuard {
  private final Requests requests;
  private final Optional<Conflicts> conflicts;
  private final int pid;

  IsolationGuard(Requests requests, Optional<Conflicts> conflicts, int pid) {
    this.requests = requests;
    this.conflicts = conflicts;
    this.pid = pid;
  }

  boolean isOn() {
    return conflicts.isPresent();
  }

  /**
   * Whether the statement may run; if not, the client has its error and the transaction is aborted.
   *
   * @param changed the quoted name of a table whose rows the statement reads to change them, or
   *     null
   */
  boolean admits(String changed) throws IOException, InterruptedException {
    if (conflicts.isEmpty()) {
      return true;
    }
    Conflicts shared = conflicts.get();
    String running =
        shared.running().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    ExpectedAnswer touched =
        requests.ask("select * from redshift.touched($1, $2)", running, changed);
    // An error, of this or of an earlier message: the client has it, the statement is skipped.
    if (!touched.awaitDone()) {
      return true;
    }
    Optional<Violation> violation = new Report(touched.rows()).noteIn(shared);
    if (violation.isEmpty()) {
      return true;
    }
    requests.fail(violation.get().error(pid)).awaitDone();
    return false;
  }

  /** The rows of {@code redshift.touched}: what is told, of which table or transaction, and how. */
  private static final class Report {
    private final Set<Long> read = new HashSet<>();
    private final Set<Long> written = new HashSet<>();
    private final Map<Long, Fate> fates = new HashMap<>();
    private long transaction;
    private Snapshot snapshot;
    private long horizon;

    Report(List<List<String>> rows) {
      for (List<String> row : rows) {
        take(row.get(0), Long.parseLong(row.get(1)), row.get(2));
      }
    }

    Optional<Violation> noteIn(Conflicts conflicts) {
      return conflicts.note(new Access(transaction, snapshot, read, written), fates, horizon);
    }

    private void take(String what, long number, String value) {
      switch (what) {
        case "self" -> {
          transaction = number;
          snapshot = Snapshot.parse(value);
        }
        case "horizon" -> horizon = number;
        case "read" -> read.add(number);
        case "written" -> written.add(number);
        case "fate" -> fates.put(number, fate(value));
        default -> throw new IllegalStateException("the database tells of " + what);
      }
    }

    private static Fate fate(String status) {
      return status.equals("in progress")
          ? Fate.RUNNING
          : Fate.valueOf(status.toUpperCase(Locale.ROOT));
    }
  }
}
