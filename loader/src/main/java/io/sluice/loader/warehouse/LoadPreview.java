package io.sluice.loader.warehouse;

import io.sluice.common.manifest.Column;
import io.sluice.common.manifest.TableName;
import java.util.Collection;
import java.util.List;

/**
 * What a load would do, told without doing it.
 *
 * <p>Every method throws {@link WarehouseException}. Safe for use by several threads.
 */
public interface LoadPreview {
  /**
   * The DDL that would bring a table to these columns, one statement a column or one for the whole
   * table; empty when it has all.
   */
  List<String> drift(TableName table, Collection<Column> columns);

  /** Which of the statements of {@link #drift} the settings let a load run by itself. */
  List<String> allowed(TableName table, Collection<String> drift);

  /**
   * The statements that bring rows into the table, in their order, COPY among them; never with a
   * credential.
   *
   * @throws WarehouseException of kind MISCONFIGURED when settings and columns do not fit
   */
  List<String> statements(TableName table, CopyRequest request);
}
