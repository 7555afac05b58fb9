package io.sluice.loader.operate.report;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What things cost.
 *
 * @param s3Put a thousand PUT or LIST requests
 * @param s3Get a thousand GET requests
 * @param sqs a million requests
 * @param warehouseHour an hour of the warehouse, unless nobody says
 * @param currency in which all that is
 */
public record Prices(
    BigDecimal s3Put,
    BigDecimal s3Get,
    BigDecimal sqs,
    Optional<BigDecimal> warehouseHour,
    String currency) {
  /** The list prices of us-east-1: S3 Standard, SQS standard queues behind the free million. */
  public static final Prices DEFAULT =
      new Prices(
          new BigDecimal("0.005"),
          new BigDecimal("0.0004"),
          new BigDecimal("0.40"),
          Optional.empty(),
          "USD");

  public Prices {
    requireNonNull(s3Put, "s3Put");
    requireNonNull(s3Get, "s3Get");
    requireNonNull(sqs, "sqs");
    requireNonNull(warehouseHour, "warehouseHour");
    requireNonNull(currency, "currency");
  }

  /** Reads the section {@code cost}. */
  public static Prices read(Settings settings) {
    BigDecimal put = price(settings, "s3-put-per-1000").orElse(DEFAULT.s3Put());
    BigDecimal get = price(settings, "s3-get-per-1000").orElse(DEFAULT.s3Get());
    BigDecimal sqs = price(settings, "sqs-per-million").orElse(DEFAULT.sqs());
    Optional<BigDecimal> hour = price(settings, "warehouse-hour");
    String currency = settings.string("currency", DEFAULT.currency());
    return settings.valid(() -> new Prices(put, get, sqs, hour, currency));
  }

  private static Optional<BigDecimal> price(Settings settings, String name) {
    return settings.optionalParsed(name, Prices::price);
  }

  private static BigDecimal price(String text) {
    BigDecimal price;
    try {
      price = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number such as 0.005", e);
    }
    if (price.signum() < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    return price;
  }
}
