package io.sluice.writer.map;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.map.json.DocumentReader;
import io.sluice.writer.map.json.PointerTree;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Slots;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TablePlan;
import io.sluice.writer.map.table.Tables;
import io.sluice.writer.source.SourceRecord;
import java.nio.ByteBuffer;
import java.util.Map;

/** The mapper of one task by the settings. */
final class DocumentMapper implements TaskMapper<SourceRecord> {
  private final Router router;
  private final TablePlan only;
  private final DocumentReader reader;
  private final Slots slots;
  private final RowWriter writer;

  DocumentMapper(Tables tables, Routing routing, IntervalContext interval, Shortcuts shortcuts) {
    PointerTree tree = new PointerTree();
    Map<TableName, TablePlan> plans = tables.plans(tree);
    this.router = routing == null ? null : new Router(routing, tree, plans::get);
    this.only = routing == null ? plans.values().iterator().next() : null;
    this.reader = new DocumentReader(tree, shortcuts);
    this.slots = new Slots(tree);
    this.writer = new RowWriter(interval, shortcuts);
  }

  @Override
  public void map(SourceRecord record, RowSink rows) throws RejectException {
    ByteBuffer data = record.data();
    if (data.hasArray()) {
      int from = data.arrayOffset() + data.position();
      map(record, data.array(), from, from + data.remaining(), rows);
    } else {
      byte[] bytes = record.bytes();
      map(record, bytes, 0, bytes.length, rows);
    }
  }

  private void map(SourceRecord record, byte[] data, int from, int to, RowSink rows)
      throws RejectException {
    boolean read = router != null && router.needsDocument();
    if (read) {
      reader.read(data, from, to, slots);
    }
    TablePlan table = router == null ? only : router.table(record, slots);
    if (table.isPlain()) {
      PlainRow.write(data, from, to, table.layout().format(), rows.row(table.layout()));
      return;
    }
    if (!read) {
      reader.read(data, from, to, slots);
    }
    writer.document(table, slots, record, rows);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
