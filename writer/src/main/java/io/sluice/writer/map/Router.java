package io.sluice.writer.map;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.map.json.BytesTable;
import io.sluice.writer.map.json.JsonText;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.PointerTree;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Slots;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TablePlan;
import io.sluice.writer.map.value.Metadata;
import io.sluice.writer.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Finds a record's table by its kind, in the bytes of the document. For one thread. */
final class Router {
  private final Routing routing;
  private final int slot;
  private final BytesTable<TablePlan> byKind = new BytesTable<>();
  private final TablePlan unknown;
  private final JsonText texts = new JsonText();
  private final Token kind = new Token();

  Router(Routing routing, PointerTree tree, Function<TableName, TablePlan> plans) {
    this.routing = routing;
    this.slot = routing.pointer() == null ? -1 : tree.slot(routing.pointer());
    for (Map.Entry<String, TableName> entry : routing.tables().entrySet()) {
      byKind.put(entry.getKey().getBytes(StandardCharsets.UTF_8), plans.apply(entry.getValue()));
    }
    this.unknown = routing.unknown() == null ? null : plans.apply(routing.unknown());
  }

  /** Whether the document must have been read before. */
  boolean needsDocument() {
    return slot >= 0;
  }

  TablePlan table(SourceRecord record, Slots slots) throws RejectException {
    boolean known = needsDocument() ? kindOf(slots) : kindOf(record);
    TablePlan table = known ? byKind.get(kind.bytes(), kind.from(), kind.to()) : null;
    table = table == null ? unknown : table;
    if (table == null) {
      throw unknownKind(known);
    }
    return table;
  }

  private boolean kindOf(SourceRecord record) {
    String text = routing.metadata() == Metadata.STREAM ? record.stream() : record.partitionKey();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    kind.set(Kind.TEXT, bytes, 0, bytes.length);
    return true;
  }

  /** Numbers, true and false are kinds as they are written; null, objects and arrays are none. */
  private boolean kindOf(Slots slots) throws RejectException {
    if (slots.isDoubled(slot)) {
      throw RejectException.of(
              RejectReason.DUPLICATE_KEY, "the record has more than one value for the routing")
          .at(null, routing.pointer(), null);
    }
    Kind found = slots.kind(slot);
    if (found == null || found == Kind.NULL || found.isContainer()) {
      return false;
    }
    kind.set(found, slots.document(), slots.from(slot), slots.to(slot));
    if (found == Kind.ESCAPED) {
      try {
        texts.unescape(kind);
      } catch (RejectException e) {
        // Half a character: no kind has it.
        return false;
      }
    }
    return true;
  }

  private RejectException unknownKind(boolean known) {
    String place =
        routing.pointer() != null ? "at " + routing.pointer() : "in " + routing.metadata().label();
    String detail =
        known
            ? "no table is for the kind " + Shown.value(kind) + " " + place
            : "the record has no kind " + place;
    return RejectException.of(RejectReason.UNKNOWN_KIND, detail)
        .at(null, routing.pointer(), known ? Shown.value(kind) : null);
  }
}
