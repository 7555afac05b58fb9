package io.sluice.writer.map;

import static java.util.Objects.requireNonNull;

import io.sluice.writer.encode.RowSink;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.table.TableMapping;
import io.sluice.writer.map.table.Tables;
import io.sluice.writer.map.value.ColumnMapping;
import io.sluice.writer.map.value.UserCode;
import java.util.List;

/**
 * Elements of a DStream or RDD become rows by a {@link RowMapper}.
 *
 * @param <T> what an element is
 */
public final class ElementMapping<T> implements Mapping<T> {
  private static final long serialVersionUID = 1L;

  private final Tables tables;
  private final RowMapper<T> mapper;

  private ElementMapping(Tables tables, RowMapper<T> mapper) {
    this.tables = tables;
    this.mapper = requireNonNull(mapper, "mapper");
  }

  /**
   * A mapping to these tables. Elements do not come from a shard, so no column can tell of one: a
   * column with such metadata is an IllegalArgumentException.
   */
  public static <T> ElementMapping<T> of(List<TableMapping> tables, RowMapper<T> mapper) {
    for (TableMapping table : tables) {
      for (ColumnMapping column : table.columns()) {
        if (column.metadata() != null && column.metadata().isOfRecord()) {
          throw new IllegalArgumentException(
              "column %s of %s: elements have no %s"
                  .formatted(column.name(), table.name(), column.metadata().label()));
        }
      }
    }
    return new ElementMapping<>(new Tables(tables), mapper);
  }

  @Override
  public List<TableLayout> layouts() {
    return tables.layouts();
  }

  @Override
  public TaskMapper<T> open(IntervalContext interval) {
    return new Task<>(mapper, new UserRows(tables, interval));
  }

  /** The mapper of one task. */
  private record Task<T>(RowMapper<T> mapper, UserRows rows) implements TaskMapper<T> {
    @Override
    public void map(T element, RowSink sink) throws RejectException {
      rows.begin(null, sink);
      try {
        mapper.map(element, rows);
      } catch (Throwable e) {
        RejectException before = rows.abandon();
        RejectException thrown = UserCode.reject(e);
        throw before == null ? thrown : before;
      }
      rows.finish();
    }

    @Override
    public void close() {
      // The mapper is the user's own object.
    }
  }
}
