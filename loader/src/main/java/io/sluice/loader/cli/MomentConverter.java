package io.sluice.loader.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment: an ISO time, in UTC when it names no offset; a date, which means its first moment in
 * UTC; {@code now}; or so long ago: {@code 2h ago}.
 */
final class MomentConverter implements ITypeConverter<Instant> {
  private static final Pattern AGO = Pattern.compile("(.*\\S)\\s+ago");

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private final Clock clock;

  MomentConverter() {
    this(Clock.systemUTC());
  }

  MomentConverter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    if (text.equals("now")) {
      return clock.instant();
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return clock.instant().minus(new TimeConverter().convert(ago.group(1)));
    }
    try {
      return instant(
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is no moment: use 2026-11-22T05:12:30Z, 2026-11-22, '2h ago' or now"
              .formatted(text));
    }
  }

  private static Instant instant(TemporalAccessor time) {
    if (time instanceof OffsetDateTime exact) {
      return exact.toInstant();
    }
    LocalDateTime utc = time instanceof LocalDate day ? day.atStartOfDay() : (LocalDateTime) time;
    return utc.toInstant(ZoneOffset.UTC);
  }
}
