package io.sluice.writer.map;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.table.Tables;
import io.sluice.writer.source.SourceRecord;
import java.util.List;

/** Records become rows by the settings: one record, one row of the table that it is for. */
final class DocumentMapping implements Mapping<SourceRecord> {
  private static final long serialVersionUID = 1L;

  private final Tables tables;
  private final Routing routing;
  private final Shortcuts shortcuts;

  /**
   * @param routing null when there is one table
   */
  DocumentMapping(List<TableMapping> tables, Routing routing, Shortcuts shortcuts) {
    this.tables = new Tables(tables);
    this.routing = routing;
    this.shortcuts = shortcuts;
    if (routing == null && tables.size() != 1) {
      throw new IllegalArgumentException(
          tables.size() + " tables need routing or a mapper that says which record is for which");
    }
    if (routing != null) {
      routing.tables().values().forEach(this::requireTarget);
      if (routing.unknown() != null) {
        requireTarget(routing.unknown());
      }
    }
  }

  @Override
  public List<TableLayout> layouts() {
    return tables.layouts();
  }

  @Override
  public TaskMapper<SourceRecord> open(IntervalContext interval) {
    return new DocumentMapper(tables, routing, interval, shortcuts);
  }

  private void requireTarget(TableName name) {
    TableMapping table = tables.table(name);
    if (table == null) {
      throw new IllegalArgumentException(
          "routing names " + name + ", which is not among the tables");
    }
    if (routing.pointer() != null
        && table.plain()
        && table.layout().format().format().hasDelimiter()) {
      throw new IllegalArgumentException(
          "table "
              + name
              + " takes its lines as they come, and has no JSON for the routing to read");
    }
  }
}
