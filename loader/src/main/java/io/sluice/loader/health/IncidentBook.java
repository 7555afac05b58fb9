package io.sluice.loader.health;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.health.Alert.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The incidents that are open, at most one of a kind and table, or of a kind for all tables: what
 * goes on is told once, and what has not begun has no end. One thread.
 */
final class IncidentBook {
  private final Map<Key, Instant> open = new HashMap<>();

  /** Opens an incident; empty when it is open already. */
  Optional<Alert> begin(Kind kind, Optional<TableName> table, String summary, Instant now) {
    if (open.putIfAbsent(new Key(kind, table), now) != null) {
      return Optional.empty();
    }
    return Optional.of(new Alert(kind, table, State.FIRING, summary, now, now));
  }

  /** Ends an incident; empty when there is none. */
  Optional<Alert> end(Kind kind, Optional<TableName> table, String summary, Instant now) {
    Instant since = open.remove(new Key(kind, table));
    return Optional.ofNullable(since)
        .map(begun -> new Alert(kind, table, State.RESOLVED, summary, begun, now));
  }

  /** The kinds of incidents that are open for a table. */
  List<Kind> open(TableName table) {
    return Stream.of(Kind.values()).filter(kind -> isOpen(kind, Optional.of(table))).toList();
  }

  boolean isOpen(Kind kind, Optional<TableName> table) {
    return open.containsKey(new Key(kind, table));
  }

  private record Key(Kind kind, Optional<TableName> table) {}
}
