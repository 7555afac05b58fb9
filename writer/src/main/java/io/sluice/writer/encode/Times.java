package io.sluice.writer.encode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates and times of records, as COPY reads them: UTC, to the microsecond that a Redshift column
 * holds.
 */
final class Times {
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("[ ]['T']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[ ][XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter WRITE =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private Times() {}

  /** The day, {@code 2018-01-31}. */
  static String date(JsonNode value, TimeForm form) throws RejectException {
    return utc(value, form).toLocalDate().toString();
  }

  /** Day and time, {@code 2018-01-31 01:49:59.65}. */
  static String timestamp(JsonNode value, TimeForm form) throws RejectException {
    return WRITE.format(utc(value, form));
  }

  private static LocalDateTime utc(JsonNode value, TimeForm form) throws RejectException {
    LocalDateTime time;
    try {
      time =
          switch (form) {
            case ISO -> iso(value);
            case EPOCH_S -> epoch(value, 0);
            case EPOCH_MS -> epoch(value, 3);
            case EPOCH_US -> epoch(value, 6);
          };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw RejectException.ofValue(
          RejectReason.WRONG_TYPE,
          ValueEncoder.shown(value)
              + " is not a time in the form "
              + form.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (time.getYear() < 1 || time.getYear() > 9999) {
      throw RejectException.ofValue(
          RejectReason.OUT_OF_RANGE, ValueEncoder.shown(value) + " is not in the years 1 to 9999");
    }
    return time;
  }

  private static LocalDateTime iso(JsonNode value) {
    if (!value.isTextual()) {
      throw new DateTimeException("not a text");
    }
    TemporalAccessor parsed =
        READ.parseBest(
            value.textValue().strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof OffsetDateTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    return parsed instanceof LocalDateTime time ? time : ((LocalDate) parsed).atStartOfDay();
  }

  /** {@code digits} is how many decimal digits of a second the number counts. */
  private static LocalDateTime epoch(JsonNode value, int digits) {
    if (!value.isNumber() && !value.isTextual()) {
      throw new DateTimeException("not a number");
    }
    BigDecimal number =
        value.isNumber() ? value.decimalValue() : new BigDecimal(value.textValue().strip());
    if (Math.abs((long) number.scale()) > 30) {
      throw new DateTimeException("far out of range");
    }
    BigDecimal nanos = number.movePointRight(9 - digits);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    Instant instant = Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
