package io.sluice.stack.redshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Objects larger than any buffer. {@code -Dredshift.benchmark=true} loads 200 MB instead of 40 and
 * prints how fast.
 */
@Timeout(300)
class LargeCopyIT extends RedshiftServerCase {
  private static final String ROW =
      "1234567,some text of a usual length,12.50,true,2026-01-02 03:04:05,98765432101\n";

  @Test
  void streamsAnObjectLargerThanItsBuffers() throws SQLException {
    load(40L << 20);
  }

  @Test
  @EnabledIfSystemProperty(named = "redshift.benchmark", matches = "true")
  void benchmark() throws SQLException {
    long bytes = 200L << 20;
    long begun = System.nanoTime();
    load(bytes);
    double seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    System.err.printf(
        "COPY of %d MB in %.1f s: %.1f MB/s%n", bytes >> 20, seconds, (bytes >> 20) / seconds);
  }

  private static void load(long bytes) throws SQLException {
    long rows = bytes / ROW.length();
    String file = objects().stream("large/1.csv", () -> EndlessRows.of(ROW, rows));
    try (Connection connection = transaction()) {
      execute(
          connection,
          "create temp table large (id int, name varchar(40), price decimal(8,2), ok boolean,"
              + " at timestamp, n bigint)");
      execute(connection, "copy large from '" + file + "' iam_role default csv");

      assertThat(value(connection, "select count(*) from large")).isEqualTo(Long.toString(rows));
      connection.rollback();
    }
  }
}
