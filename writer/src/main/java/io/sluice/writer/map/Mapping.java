package io.sluice.writer.map;

import io.sluice.writer.encode.TableLayout;
import java.io.Serializable;
import java.util.List;

/**
 * How records become rows of tables: by the settings or by the user's code. Shipped to the tasks.
 *
 * @param <T> what a record is
 */
public interface Mapping<T> extends Serializable {
  /** Every table that rows can be for. */
  List<TableLayout> layouts();

  /** A mapper for one task of an interval. */
  TaskMapper<T> open(IntervalContext interval);
}
