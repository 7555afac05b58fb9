package io.sluice.writer.map;

import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.RowSink;
import io.sluice.writer.encode.TableLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Keeps the rows as texts, {@code schema.table: value | value}, and holds the mapper to the
 * contract: as many values as the table has columns, the kind of each fit for its column.
 */
final class RecordingSink implements RowSink {
  private final List<String> kept = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();
  private Recorder open;
  private RuntimeException failure;

  /** The rows that were kept. */
  List<String> rows() {
    return kept;
  }

  /** The next row cannot be begun: the files have failed. */
  void failNext(RuntimeException e) {
    failure = e;
  }

  @Override
  public RowEncoder row(TableLayout table) {
    if (failure != null) {
      throw failure;
    }
    end();
    open = new Recorder(table);
    return open;
  }

  @Override
  public void keep(Instant arrival) {
    end();
    kept.addAll(begun);
    begun.clear();
  }

  @Override
  public void drop() {
    open = null;
    begun.clear();
  }

  private void end() {
    if (open != null) {
      begun.add(open.text());
      open = null;
    }
  }

  private static final class Recorder implements RowEncoder {
    private final TableLayout table;
    private final List<String> values = new ArrayList<>();
    private boolean line;

    Recorder(TableLayout table) {
      this.table = table;
    }

    String text() {
      if (!line && values.size() != table.columns().size()) {
        throw new AssertionError(values + " for " + table);
      }
      return table.name() + ": " + String.join(" | ", values);
    }

    @Override
    public void nullValue() {
      values.add("NULL");
    }

    @Override
    public void bool(boolean value) {
      values.add(kind() + Boolean.toString(value));
    }

    @Override
    public void number(long value) {
      values.add(kind() + value);
    }

    @Override
    public void number(byte[] ascii, int from, int to) {
      values.add(kind() + new String(ascii, from, to - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void date(long epochDay) {
      values.add(kind() + LocalDate.ofEpochDay(epochDay));
    }

    @Override
    public void timestamp(long epochMicros) {
      values.add(
          kind()
              + LocalDateTime.ofEpochSecond(
                  Math.floorDiv(epochMicros, 1_000_000L),
                  (int) Math.floorMod(epochMicros, 1_000_000L) * 1000,
                  ZoneOffset.UTC));
    }

    @Override
    public void text(byte[] utf8, int from, int to) {
      values.add(kind() + "'" + new String(utf8, from, to - from, StandardCharsets.UTF_8) + "'");
    }

    @Override
    public void json(byte[] utf8, int from, int to) {
      values.add(kind() + new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void bytes(byte[] data, int from, int to) {
      values.add(kind() + "x" + HexFormat.of().formatHex(data, from, to));
    }

    @Override
    public void line(byte[] utf8, int from, int to) {
      line = true;
      values.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    private String kind() {
      return switch (table.columns().get(values.size()).type().kind()) {
        case SMALLINT, INTEGER, BIGINT -> "int ";
        case DECIMAL -> "dec ";
        case REAL, DOUBLE -> "float ";
        case BOOLEAN -> "bool ";
        case CHAR, VARCHAR -> "";
        case DATE -> "date ";
        case TIMESTAMP -> "ts ";
        case TIMESTAMPTZ -> "tz ";
        case SUPER -> "super ";
        case VARBYTE -> "";
      };
    }
  }
}
