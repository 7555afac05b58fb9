package io.sluice.writer.map;

import io.sluice.common.manifest.TableName;
import io.sluice.writer.encode.RowBuffer;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.map.json.DocumentReader;
import io.sluice.writer.map.json.PointerTree;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Slots;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.map.table.TablePlan;
import io.sluice.writer.map.table.Tables;
import io.sluice.writer.map.value.JavaValues;
import io.sluice.writer.source.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows that the user's code makes of one record after another. The first thing that is wrong is
 * kept until the code has returned, so that nothing it catches can hide it. For one thread.
 */
final class UserRows implements Rows {
  private static final int LARGE_RECORD = 1 << 20;

  private final Map<TableName, TablePlan> plans;
  private final Map<String, TablePlan> byName = new HashMap<>();
  private final DocumentReader reader;
  private final Slots slots;
  private final RowWriter writer;
  private final List<Pending> pending = new ArrayList<>();

  /** Copies of the documents and lines of one record: the user's code may use its own again. */
  private final RowBuffer given = new RowBuffer(4 << 10);

  private String lastName;
  private TablePlan lastPlan;
  private SourceRecord record;
  private RowSink rows;
  private RejectException wrong;

  UserRows(Tables tables, IntervalContext interval) {
    PointerTree tree = new PointerTree();
    this.plans = tables.plans(tree);
    this.reader = new DocumentReader(tree, Shortcuts.TAKEN);
    this.slots = new Slots(tree);
    this.writer = new RowWriter(interval, Shortcuts.TAKEN);
  }

  /** A record's turn begins; {@code source} is null when there is none behind it. */
  void begin(SourceRecord source, RowSink sink) {
    record = source;
    rows = sink;
    wrong = null;
  }

  /** The user's code has returned: writes what it has set. */
  void finish() throws RejectException {
    try {
      if (wrong != null) {
        throw wrong;
      }
      for (Pending row : pending) {
        row.write();
      }
    } finally {
      end();
    }
  }

  /** The user's code has thrown; returns what had gone wrong before that, or null. */
  RejectException abandon() {
    RejectException before = wrong;
    end();
    return before;
  }

  @Override
  public Row row(String table) {
    return row(plan(table, "values", false));
  }

  @Override
  public Row row() {
    requireTurn();
    if (plans.size() != 1) {
      note(undeclared("there are " + plans.size() + " tables: name one"));
      return row((TablePlan) null);
    }
    return row(taking(plans.values().iterator().next(), "values", false));
  }

  @Override
  public void json(String table, byte[] document) {
    TablePlan plan = plan(table, "documents", false);
    if (plan != null) {
      int from = given.length();
      given.append(document, 0, document.length);
      pending.add(() -> writeDocument(plan, from, from + document.length));
    }
  }

  @Override
  public void json(String table, String document) {
    json(table, utf8(document));
  }

  @Override
  public void line(String table, byte[] line) {
    TablePlan plan = plan(table, "lines", true);
    if (plan != null) {
      int from = given.length();
      given.append(line, 0, line.length);
      pending.add(() -> writeLine(plan, from, from + line.length));
    }
  }

  @Override
  public void line(String table, String line) {
    line(table, utf8(line));
  }

  private void writeDocument(TablePlan plan, int from, int to) throws RejectException {
    reader.read(given.bytes(), from, to, slots);
    writer.document(plan, slots, record, rows);
  }

  private void writeLine(TablePlan plan, int from, int to) throws RejectException {
    PlainRow.write(given.bytes(), from, to, plan.layout().format(), rows.row(plan.layout()));
  }

  private byte[] utf8(String text) {
    try {
      return JavaValues.utf8(text);
    } catch (RejectException e) {
      note(e);
      return new byte[0];
    }
  }

  private Row row(TablePlan plan) {
    UserRow row = new UserRow(plan);
    if (plan != null) {
      pending.add(row);
    }
    return row;
  }

  /** The table, or null when it is not declared or does not take what is given to it. */
  private TablePlan plan(String table, String given, boolean plain) {
    requireTurn();
    // Names of tables are mostly constants of the user's code.
    TablePlan plan = Objects.equals(table, lastName) ? lastPlan : byName.get(table);
    if (plan == null) {
      plan = find(table);
      if (plan == null) {
        note(undeclared("table " + Shown.shortened(table) + " is not declared"));
        return null;
      }
      byName.put(table, plan);
    }
    lastName = table;
    lastPlan = plan;
    return taking(plan, given, plain);
  }

  private TablePlan taking(TablePlan plan, String given, boolean plain) {
    if (plan.isPlain() == plain) {
      return plan;
    }
    String what = plain ? " is not plain" : " is plain";
    note(undeclared("table " + plan.layout().name() + what + ": it takes no " + given));
    return null;
  }

  private TablePlan find(String table) {
    try {
      return plans.get(TableName.parse(table));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static RejectException undeclared(String detail) {
    return RejectException.of(RejectReason.UNDECLARED, detail);
  }

  private void note(RejectException e) {
    wrong = wrong == null ? e : wrong;
  }

  private void requireTurn() {
    if (rows == null) {
      throw new IllegalStateException("rows are made while their record is mapped, not later");
    }
  }

  private void end() {
    pending.clear();
    given.truncate(0);
    given.shrink(LARGE_RECORD);
    rows = null;
    record = null;
  }

  /**
   * A row to be written when the user's code has returned: what fails then is about the record or
   * about the files, and can be told apart.
   */
  @FunctionalInterface
  private interface Pending {
    void write() throws RejectException;
  }

  /** A row by the names of its columns. */
  private final class UserRow implements Row, Pending {
    private final TablePlan table;
    private final Object[] values;

    /** {@code table} is null when something has been noted already. */
    UserRow(TablePlan table) {
      this.table = table;
      this.values = new Object[table == null ? 0 : table.columns()];
    }

    @Override
    public Row set(String column, Object value) {
      requireTurn();
      if (table == null) {
        return this;
      }
      int place = table.place(column);
      if (place < 0) {
        note(undeclaredHere("has no column " + Shown.shortened(column)));
      } else if (table.column(place).slot() < 0) {
        note(undeclaredHere("fills column " + column + " by its settings"));
      } else {
        values[place] = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      }
      return this;
    }

    @Override
    public void write() throws RejectException {
      writer.values(table, values, record, rows);
    }

    private RejectException undeclaredHere(String what) {
      return undeclared("table " + table.layout().name() + " " + what);
    }
  }
}
