package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the loads of a table took on one day of UTC.
 *
 * @param day empty in a sum of days
 * @param table empty in a sum of tables
 * @param usage what they took
 */
public record DayCost(Optional<LocalDate> day, Optional<TableName> table, Usage usage) {
  /**
   * What loads took.
   *
   * @param copies that were committed
   * @param bytes of the files in S3
   * @param loading from the begins of loads to their entries in the ledger: with the time in which
   *     they connected and waited for the table's lock
   * @param copying what the warehouse remembers of the time of their COPYs; empty when it does not
   *     remember all of them
   */
  public record Usage(
      long copies,
      long batches,
      long files,
      long rows,
      long bytes,
      Optional<Duration> loading,
      Optional<Duration> copying) {
    static final Usage NOTHING =
        new Usage(0, 0, 0, 0, 0, Optional.of(Duration.ZERO), Optional.of(Duration.ZERO));

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal HOUR = BigDecimal.valueOf(Duration.ofHours(1).toSeconds());
    private static final int MILLIS = 3;

    public Usage {
      requireNonNull(loading, "loading");
      requireNonNull(copying, "copying");
    }

    Usage plus(Usage other) {
      return new Usage(
          copies + other.copies,
          batches + other.batches,
          files + other.files,
          rows + other.rows,
          bytes + other.bytes,
          loading.flatMap(time -> other.loading.map(time::plus)),
          copying.flatMap(time -> other.copying.map(time::plus)));
    }

    /** Reads of manifests, one a batch, and COPY's own of its list and its files. */
    public long s3Gets() {
      return batches + copies + files;
    }

    /** One COPY manifest each. */
    public long s3Puts() {
      return copies;
    }

    /** A message's sending, receiving and deleting; tens share a request at best. */
    public long sqsRequests() {
      return 3 * batches;
    }

    /** What the requests cost. */
    public BigDecimal requestCost(Prices prices) {
      return each(s3Puts(), prices.s3Put(), THOUSAND)
          .add(each(s3Gets(), prices.s3Get(), THOUSAND))
          .add(each(sqsRequests(), prices.sqs(), MILLION));
    }

    /** The time in which the warehouse worked: that of its COPYs, as far as it is known. */
    public Optional<Duration> warehouse() {
      return copying.or(() -> loading);
    }

    /** What that time costs, if there is a price and a time. */
    public Optional<BigDecimal> warehouseCost(Prices prices) {
      return prices
          .warehouseHour()
          .flatMap(
              price ->
                  warehouse()
                      .map(time -> BigDecimal.valueOf(time.toMillis(), MILLIS))
                      .map(seconds -> each(seconds, price, HOUR)));
    }

    private static BigDecimal each(long count, BigDecimal price, BigDecimal many) {
      return each(BigDecimal.valueOf(count), price, many);
    }

    private static BigDecimal each(BigDecimal count, BigDecimal price, BigDecimal many) {
      return count.multiply(price).divide(many, MathContext.DECIMAL64);
    }
  }

  public DayCost {
    requireNonNull(day, "day");
    requireNonNull(table, "table");
    requireNonNull(usage, "usage");
  }
}
