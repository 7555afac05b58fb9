package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * How rows of a load replace rows of the table: of each key the newest row stays, in the load and
 * between load and table; of equally new ones the one that is loaded later.
 *
 * @param keys the columns that make a row the same as another one
 * @param order the column that tells the newer row
 * @param deleteFlag the boolean column that says that the row of this key is to go; it is no column
 *     of the table
 */
public record Upsert(List<String> keys, String order, Optional<String> deleteFlag) {
  public Upsert {
    keys = List.copyOf(keys);
    requireNonNull(order, "order");
    requireNonNull(deleteFlag, "deleteFlag");
    if (keys.isEmpty() || new LinkedHashSet<>(keys).size() < keys.size()) {
      throw new IllegalArgumentException("key must name one column or several, each once");
    }
    if (keys.contains(order) || deleteFlag.map(keys::contains).orElse(false)) {
      throw new IllegalArgumentException("order and delete-flag must not be columns of the key");
    }
    if (deleteFlag.map(order::equals).orElse(false)) {
      throw new IllegalArgumentException("delete-flag must not be the column of order");
    }
  }

  static Upsert read(Settings settings) {
    List<String> keys = settings.parsedList("key", Identifiers::folded);
    String order = settings.parsed("order", Identifiers::folded);
    Optional<String> flag = settings.optionalParsed("delete-flag", Identifiers::folded);
    return settings.valid(() -> new Upsert(keys, order, flag));
  }
}
