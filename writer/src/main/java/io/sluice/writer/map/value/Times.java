package io.sluice.writer.map.value;

import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.map.json.Kind;
import io.sluice.writer.map.json.Shortcuts;
import io.sluice.writer.map.json.Shown;
import io.sluice.writer.map.json.Token;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates and times of records in UTC, to the microsecond that a Redshift column holds; what is below
 * it is dropped. For one thread.
 */
final class Times {
  /** No time that is known here. */
  static final long NONE = Long.MIN_VALUE;

  private static final long MICROS = 1_000_000;
  private static final long SECONDS_A_DAY = 86_400;

  /** 0001-01-01T00:00Z. */
  private static final long MIN_SECOND = -62_135_596_800L;

  /** 9999-12-31T23:59:59Z. */
  private static final long MAX_SECOND = 253_402_300_799L;

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

  private final Shortcuts shortcuts;

  Times(Shortcuts shortcuts) {
    this.shortcuts = shortcuts;
  }

  /** Days since 1970-01-01. */
  long days(Token value, TimeForm form, ColumnType type) throws RejectException {
    return Math.floorDiv(micros(value, form, type), MICROS * SECONDS_A_DAY);
  }

  /** Microseconds since 1970-01-01T00:00Z. */
  long micros(Token value, TimeForm form, ColumnType type) throws RejectException {
    if (shortcuts == Shortcuts.TAKEN) {
      long micros = form == TimeForm.ISO ? IsoTime.micros(value) : shortEpoch(value, form);
      if (micros != NONE && isInRange(micros)) {
        return micros;
      }
    }
    long micros;
    try {
      micros =
          switch (form) {
            case ISO -> iso(value);
            case EPOCH_S -> epoch(value, 6);
            case EPOCH_MS -> epoch(value, 3);
            case EPOCH_US -> epoch(value, 0);
          };
    } catch (ArithmeticException e) {
      throw outOfRange(value);
    } catch (DateTimeException | NumberFormatException e) {
      throw RejectException.of(
          RejectReason.WRONG_TYPE,
          Shown.value(value) + " is not a time in the form " + form.label() + " for " + type);
    }
    if (!isInRange(micros)) {
      throw outOfRange(value);
    }
    return micros;
  }

  /** The same of a time that is known; {@code shown} is what a message calls it. */
  static long micros(Instant time, Object shown) throws RejectException {
    if (time.getEpochSecond() < MIN_SECOND || time.getEpochSecond() > MAX_SECOND) {
      throw RejectException.of(RejectReason.OUT_OF_RANGE, shown + " is not in the years 1 to 9999");
    }
    return time.getEpochSecond() * MICROS + time.getNano() / 1000;
  }

  private static boolean isInRange(long micros) {
    return micros >= MIN_SECOND * MICROS && micros < (MAX_SECOND + 1) * MICROS;
  }

  private static RejectException outOfRange(Token value) {
    return RejectException.of(
        RejectReason.OUT_OF_RANGE, Shown.value(value) + " is not in the years 1 to 9999");
  }

  private static long iso(Token value) {
    if (!value.isText()) {
      throw new DateTimeException("not a text");
    }
    TemporalAccessor parsed =
        READ.parseBest(text(value), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    OffsetDateTime time;
    if (parsed instanceof OffsetDateTime withOffset) {
      time = withOffset;
    } else if (parsed instanceof LocalDateTime local) {
      time = local.atOffset(ZoneOffset.UTC);
    } else {
      time = ((LocalDate) parsed).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    return Math.addExact(Math.multiplyExact(time.toEpochSecond(), MICROS), time.getNano() / 1000);
  }

  private static long shortEpoch(Token value, TimeForm form) {
    long number =
        value.kind() == Kind.NUMBER || value.isText() ? Numbers.whole(value) : Numbers.NONE;
    long unit =
        switch (form) {
          case EPOCH_S -> MICROS;
          case EPOCH_MS -> 1000;
          case EPOCH_US, ISO -> 1;
        };
    boolean fits = number != Numbers.NONE && Math.abs(number) <= (MAX_SECOND + 1) * (MICROS / unit);
    return fits ? number * unit : NONE;
  }

  /** {@code shift} decimal digits make microseconds of the number. */
  private static long epoch(Token value, int shift) {
    if (value.kind() != Kind.NUMBER && !value.isText()) {
      throw new DateTimeException("not a number");
    }
    if (value.length() > 100) {
      throw new DateTimeException("not a time that anybody wrote");
    }
    BigDecimal number = Numbers.parse(value);
    if (Math.abs((long) number.scale()) > 100) {
      throw new ArithmeticException("far out of range");
    }
    return number.movePointRight(shift).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static String text(Token value) {
    return new String(value.bytes(), value.from(), value.length(), StandardCharsets.UTF_8).strip();
  }
}
