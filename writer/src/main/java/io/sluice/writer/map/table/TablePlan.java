package io.sluice.writer.map.table;

import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.json.PointerTree;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.ColumnPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table as a task fills it. Unchanging, for any thread. */
public final class TablePlan {
  private final TableMapping table;
  private final ColumnPlan[] columns;
  private final Map<String, Integer> places = new HashMap<>();

  /** The columns' pointers get their slots in {@code tree}. */
  TablePlan(TableMapping table, PointerTree tree) {
    this.table = table;
    List<ColumnMapping> mappings = table.columns();
    this.columns = new ColumnPlan[mappings.size()];
    for (int i = 0; i < columns.length; i++) {
      ColumnMapping mapping = mappings.get(i);
      int slot = mapping.pointer() == null ? -1 : tree.slot(mapping.pointer());
      columns[i] = new ColumnPlan(mapping, slot, table.layout().format().nullAs());
      places.put(mapping.name().toLowerCase(Locale.ROOT), i);
    }
  }

  /** How its rows lie in files. */
  public TableLayout layout() {
    return table.layout();
  }

  /** Whether a record is a row just as it is. */
  public boolean isPlain() {
    return table.plain();
  }

  /** How many columns are filled. */
  public int columns() {
    return columns.length;
  }

  /** The column at a place, from 0. */
  public ColumnPlan column(int place) {
    return columns[place];
  }

  /** The place of a column, in any case, or -1. */
  public int place(String column) {
    Integer place = places.get(column);
    return place != null ? place : places.getOrDefault(column.toLowerCase(Locale.ROOT), -1);
  }
}
