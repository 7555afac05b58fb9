package io.sluice.stack.redshift.isolation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The transactions that may still conflict, and who of them must have come before whom. One comes
 * before another if it read a table as it was before the other wrote to it, if the other saw what
 * it wrote, or if it wrote first to the same table. A cycle is a violation. Unlike PostgreSQL's own
 * serializable isolation, which looks at rows and pages, this looks at whole tables, as Redshift
 * does ("Isolation levels in Amazon Redshift"). Safe for many threads.
 */
public final class Conflicts {
  private final Map<Long, Node> nodes = new TreeMap<>();
  private long writes;

  /** What became of a transaction. */
  public enum Fate {
    RUNNING,
    COMMITTED,
    ABORTED
  }

  private static final class Node {
    private final long transaction;
    private final Snapshot snapshot;
    private final Set<Long> read = new HashSet<>();

    /** Tables with the rank of the first write to them among all writes. */
    private final Map<Long, Long> written = new HashMap<>();

    private Fate fate = Fate.RUNNING;

    Node(Access access) {
      this.transaction = access.transaction();
      this.snapshot = access.snapshot();
    }

    boolean sees(Node other) {
      return snapshot.follows(other.transaction);
    }
  }

  /** The transactions whose fate is not known yet. */
  public synchronized Set<Long> running() {
    Set<Long> running = new HashSet<>();
    for (Node node : nodes.values()) {
      if (node.fate == Fate.RUNNING) {
        running.add(node.transaction);
      }
    }
    return running;
  }

  /**
   * Notes a statement that is about to run. A violation means that its transaction has to be rolled
   * back, and is forgotten here.
   *
   * @param fates what has become of {@link #running()}
   * @param horizon all transactions below it that have committed are seen by all that run now
   */
  public synchronized Optional<Violation> note(Access access, Map<Long, Fate> fates, long horizon) {
    settle(fates, horizon);
    Node node = nodes.computeIfAbsent(access.transaction(), number -> new Node(access));
    node.read.addAll(access.read());
    for (Long table : access.written()) {
      node.written.computeIfAbsent(table, first -> ++writes);
    }
    Optional<Violation> violation = violation(node);
    if (violation.isPresent()) {
      nodes.remove(node.transaction);
    }
    return violation;
  }

  private void settle(Map<Long, Fate> fates, long horizon) {
    fates.forEach(
        (transaction, fate) -> {
          Node node = nodes.get(transaction);
          if (node != null) {
            node.fate = fate;
          }
        });
    nodes
        .values()
        .removeIf(
            node ->
                node.fate == Fate.ABORTED
                    || (node.fate == Fate.COMMITTED && node.transaction < horizon));
  }

  /** Looks breadth first, for the shortest cycle says most. */
  private Optional<Violation> violation(Node start) {
    Map<Node, Node> cameFrom = new HashMap<>();
    Deque<Node> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      Node from = open.remove();
      for (Node to : nodes.values()) {
        if (to == from || before(from, to).isEmpty()) {
          continue;
        }
        if (to == start) {
          return Optional.of(cycle(start, from, cameFrom));
        }
        if (cameFrom.putIfAbsent(to, from) == null) {
          open.add(to);
        }
      }
    }
    return Optional.empty();
  }

  private static Violation cycle(Node start, Node last, Map<Node, Node> cameFrom) {
    Deque<Long> transactions = new ArrayDeque<>(List.of(start.transaction));
    Node second = last;
    for (Node node = last; node != start; node = cameFrom.get(node)) {
      transactions.addFirst(node.transaction);
      second = node;
    }
    return new Violation(before(start, second).orElseThrow(), List.copyOf(transactions));
  }

  /** The table that tells that {@code first} comes before {@code second}, if there is one. */
  private static OptionalLong before(Node first, Node second) {
    if (!first.sees(second)) {
      OptionalLong overwritten = common(first.read, second.written.keySet());
      if (overwritten.isPresent()) {
        return overwritten;
      }
    }
    if (second.sees(first)) {
      OptionalLong seen = common(first.written.keySet(), second.read);
      if (seen.isPresent()) {
        return seen;
      }
    }
    return first.written.entrySet().stream()
        .filter(write -> second.written.getOrDefault(write.getKey(), 0L) > write.getValue())
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  private static OptionalLong common(Set<Long> some, Set<Long> others) {
    return some.stream().filter(others::contains).mapToLong(Long::longValue).findFirst();
  }
}
