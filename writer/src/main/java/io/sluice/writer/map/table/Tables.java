package io.sluice.writer.map.table;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.json.PointerTree;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a mapping, each once. */
public final class Tables implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<TableMapping> tables;

  /**
   * These tables.
   *
   * @throws IllegalArgumentException when there are none, or one stands twice
   */
  public Tables(List<TableMapping> tables) {
    this.tables = new ArrayList<>(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there are no tables");
    }
    if (tables.stream().map(TableMapping::name).distinct().count() != tables.size()) {
      throw new IllegalArgumentException("a table stands twice among the tables");
    }
  }

  /** How the rows of each lie in files. */
  public List<TableLayout> layouts() {
    return tables.stream().map(TableMapping::layout).toList();
  }

  /** All of them. */
  public List<TableMapping> mappings() {
    return List.copyOf(tables);
  }

  /** The table of that name, or null. */
  public TableMapping table(TableName name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElse(null);
  }

  /** What a task does for each table; all their pointers get slots in {@code tree}. */
  public Map<TableName, TablePlan> plans(PointerTree tree) {
    Map<TableName, TablePlan> plans = new LinkedHashMap<>();
    for (TableMapping table : tables) {
      plans.put(table.name(), new TablePlan(table, tree));
    }
    return plans;
  }
}
