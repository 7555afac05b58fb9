package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables themselves, held against the ledger. Both are read by one statement, so that a load
 * which commits meanwhile is in both or in neither.
 *
 * <p>Every method throws {@link WarehouseException}. Safe for use by several threads.
 */
public interface TableCounts {
  /**
   * The rows of a load or of a table.
   *
   * @param loadId the load; empty for rows that name none, or for the table as a whole
   * @param promised how many the ledger has as loaded
   * @param there how many the table has
   */
  record Count(Optional<String> loadId, long promised, long there) {
    public Count {
      requireNonNull(loadId, "loadId");
    }
  }

  /**
   * What the warehouse remembers of a COPY.
   *
   * @param rows that it took
   * @param time that it took
   */
  record Copied(long rows, Duration time) {
    public Copied {
      requireNonNull(time, "time");
    }
  }

  /** All rows of a table, and of the ledger. */
  Count whole(TableName table);

  /**
   * The loads whose rows in the ledger and in the table differ, in the order of their names.
   *
   * @param loadColumn the column that holds the load of each row
   * @param most how many to tell at the most
   */
  List<Count> differing(TableName table, String loadColumn, int most);

  /**
   * The COPYs that the warehouse remembers to have finished and that began in this time, by their
   * loads; whether they were committed it does not say. Empty when it does not tell: the view is
   * missing, or closed to this user. It forgets after seven days, see "SYS_LOAD_HISTORY" in the
   * Amazon Redshift Database Developer Guide.
   */
  Optional<Map<String, Copied>> copies(Instant from, Instant to);
}
