package io.sluice.stack.redshift.isolation;

import io.sluice.stack.redshift.wire.ServerError;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transactions that no serial order explains.
 *
 * @param table the table on which the last of them meets the next
 * @param cycle the transactions, the one that has to fail last
 */
public record Violation(long table, List<Long> cycle) {
  /** Copies the list. */
  public Violation {
    cycle = List.copyOf(cycle);
  }

  /** Redshift's words, told to the session that fails. */
  public ServerError error(int sessionPid) {
    String transactions = cycle.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return ServerError.error("XX000", "1023")
        .withDetail(
            "Serializable isolation violation on table - %d, transactions forming the cycle are: %s (pid:%d)"
                .formatted(table, transactions, sessionPid));
  }
}
