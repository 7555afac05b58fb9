package io.sluice.writer.map;

import java.io.Serializable;

/**
 * The user's way from an element of a DStream or RDD to rows: any number of rows for any of the
 * declared tables. Shipped to the tasks; for one thread at a time.
 *
 * <pre>{@code
 * RowMapper<Click> clicks = (click, rows) -> rows.row("clicks").set("id", click.id()).set("at", click.at());
 * }</pre>
 *
 * @param <T> what an element is
 */
@FunctionalInterface
public interface RowMapper<T> extends Serializable {
  /** Makes the rows of one element; what it throws makes a reject of the element. */
  void map(T element, Rows rows) throws Exception;
}
