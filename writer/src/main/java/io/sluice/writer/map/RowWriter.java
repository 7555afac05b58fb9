package io.sluice.writer.map;

import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Slots;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TablePlan;
import io.sluice.writer.map.value.ColumnPlan;
import io.sluice.writer.map.value.JavaValues;
import io.sluice.writer.map.value.ValueWriter;
import io.sluice.writer.source.SourceRecord;

/** Writes the rows of one task: each column from where its mapping says. For one thread. */
final class RowWriter {
  private final IntervalContext interval;
  private final ValueWriter values;
  private final JavaValues javaValues;
  private final Token token = new Token();

  RowWriter(IntervalContext interval, Shortcuts shortcuts) {
    this.interval = interval;
    this.values = new ValueWriter(shortcuts);
    this.javaValues = new JavaValues(values);
  }

  /**
   * A row of a table from a document.
   *
   * @param record null when the document came without one
   */
  void document(TablePlan table, Slots slots, SourceRecord record, RowSink rows)
      throws RejectException {
    RowEncoder out = rows.row(table.layout());
    for (int i = 0; i < table.columns(); i++) {
      ColumnPlan column = table.column(i);
      try {
        if (column.slot() >= 0) {
          fromDocument(column, slots, out);
        } else {
          fromElsewhere(column, record, out);
        }
      } catch (RejectException e) {
        throw e.at(column.name(), column.pointer(), shown(column, slots));
      }
    }
  }

  /** A row of a table from values of Java, null where there is none. */
  void values(TablePlan table, Object[] given, SourceRecord record, RowSink rows)
      throws RejectException {
    RowEncoder out = rows.row(table.layout());
    for (int i = 0; i < table.columns(); i++) {
      ColumnPlan column = table.column(i);
      try {
        if (column.slot() < 0) {
          fromElsewhere(column, record, out);
        } else if (given[i] == null) {
          withoutValue(column, out);
        } else {
          javaValues.write(given[i], column, out);
        }
      } catch (RejectException e) {
        throw e.at(column.name(), null, given[i] == null ? null : JavaValues.shown(given[i]));
      }
    }
  }

  private void fromDocument(ColumnPlan column, Slots slots, RowEncoder out) throws RejectException {
    int slot = column.slot();
    if (slots.isDoubled(slot)) {
      throw RejectException.of(
          RejectReason.DUPLICATE_KEY, "the record has more than one value for the column");
    }
    Kind kind = slots.kind(slot);
    if (kind == null || kind == Kind.NULL) {
      withoutValue(column, out);
      return;
    }
    int from = slots.from(slot);
    int to = slots.to(slot);
    if (column.isSuper()) {
      int quotes = kind == Kind.TEXT || kind == Kind.ESCAPED ? 1 : 0;
      values.document(slots.document(), from - quotes, to + quotes, out);
    } else {
      values.write(token.set(kind, slots.document(), from, to), column, out);
    }
  }

  private void withoutValue(ColumnPlan column, RowEncoder out) throws RejectException {
    if (column.constant() != null) {
      constant(column, out);
      return;
    }
    if (column.required()) {
      throw RejectException.of(RejectReason.MISSING, "a required value is missing");
    }
    out.nullValue();
  }

  private void fromElsewhere(ColumnPlan column, SourceRecord record, RowEncoder out)
      throws RejectException {
    if (column.metadata() == null) {
      constant(column, out);
      return;
    }
    switch (column.metadata()) {
      case ARRIVAL_TIME -> javaValues.write(record.arrival(), column, out);
      case BATCH_INTERVAL -> javaValues.write(interval.batchTime(), column, out);
      case PARTITION_KEY -> javaValues.write(record.partitionKey(), column, out);
      case STREAM -> javaValues.write(record.stream(), column, out);
      case SHARD -> javaValues.write(record.shard(), column, out);
      case SEQUENCE_NUMBER ->
          javaValues.write(record.mark().sequenceNumber().toString(), column, out);
      case SUB_SEQUENCE_NUMBER -> javaValues.write(record.mark().subSequenceNumber(), column, out);
      case MANIFEST_NUMBER -> javaValues.write(interval.manifestNumber(), column, out);
    }
  }

  private void constant(ColumnPlan column, RowEncoder out) throws RejectException {
    byte[] constant = column.constant();
    if (column.isSuper()) {
      values.document(constant, 0, constant.length, out);
    } else {
      values.write(token.set(Kind.TEXT, constant, 0, constant.length), column, out);
    }
  }

  private String shown(ColumnPlan column, Slots slots) {
    int slot = column.slot();
    if (slot < 0 || slots.kind(slot) == null) {
      return null;
    }
    return Shown.value(
        token.set(slots.kind(slot), slots.document(), slots.from(slot), slots.to(slot)));
  }
}
