package io.sluice.stack.redshift.copy.convert;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * DATE, TIMESTAMP and TIMESTAMPTZ by DATEFORMAT and TIMEFORMAT; the words 'auto' and 'epoch...'
 * mind their case.
 */
final class TemporalConverter implements FieldConverter {
  private static final String DEFAULT_DATE = "YYYY-MM-DD";
  private static final String DEFAULT_TIME = "YYYY-MM-DD HH:MI:SS";
  private static final List<String> AUTO_DATES =
      List.of(
          "YYYY-MM-DD",
          "YYYY/MM/DD",
          "YYYY.MM.DD",
          "MM/DD/YYYY",
          "MM-DD-YYYY",
          "YYYYMMDD",
          "YYMMDD",
          "DD-MON-YYYY",
          "YYYY-MON-DD",
          "MON-DD-YYYY",
          "DD MON YYYY",
          "MON DD, YYYY");
  private static final List<String> AUTO_TIMES =
      List.of("THH:MI:SSOF", "THH:MIOF", "THH:MI:SS AM", "THH:MI AM", " HHMISS");
  private static final DateTimeFormatter EPOCH =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  /** The first second of the year 1. */
  private static final long LEAST_EPOCH_SECOND = -62_135_596_800L;

  /** The last second of the year 9999. */
  private static final long LARGEST_EPOCH_SECOND = 253_402_300_799L;

  private enum Type {
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ
  }

  private final Type type;
  private final List<TemporalPattern> patterns;
  private final int epochUnitsPerSecond;
  private final String shownFormat;

  private TemporalConverter(
      Type type, List<String> patterns, int epochUnitsPerSecond, String shownFormat) {
    this.type = type;
    this.patterns = patterns.stream().map(TemporalPattern::new).toList();
    this.epochUnitsPerSecond = epochUnitsPerSecond;
    this.shownFormat = shownFormat;
  }

  static TemporalConverter date(Optional<String> format) {
    if (format.isPresent() && format.get().equals("auto")) {
      // A time behind the date is cut off.
      return new TemporalConverter(Type.DATE, autoTimestamps(), 0, DEFAULT_DATE);
    }
    return new TemporalConverter(
        Type.DATE, List.of(format.orElse(DEFAULT_DATE)), 0, format.orElse(DEFAULT_DATE));
  }

  static TemporalConverter timestamp(Optional<String> format) {
    return timestamp(Type.TIMESTAMP, "", format);
  }

  static TemporalConverter timestamptz(Optional<String> format) {
    return timestamp(Type.TIMESTAMPTZ, "OF", format);
  }

  private static TemporalConverter timestamp(Type type, String offset, Optional<String> format) {
    if (format.isEmpty()) {
      return new TemporalConverter(
          type, List.of(DEFAULT_TIME + offset), 0, "YYYY-MM-DD HH24:MI:SS" + offset);
    }
    return switch (format.get()) {
      case "auto" ->
          new TemporalConverter(type, autoTimestamps(), 0, "YYYY-MM-DD HH24:MI:SS" + offset);
      case "epochsecs" -> new TemporalConverter(type, List.of(), 1, "epochsecs");
      case "epochmillisecs" -> new TemporalConverter(type, List.of(), 1000, "epochmillisecs");
      default -> new TemporalConverter(type, List.of(format.get()), 0, format.get());
    };
  }

  private static List<String> autoTimestamps() {
    List<String> patterns = new ArrayList<>();
    for (String date : AUTO_DATES) {
      AUTO_TIMES.forEach(time -> patterns.add(date + time));
      patterns.add(date);
    }
    return patterns;
  }

  @Override
  public void convert(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    if (epochUnitsPerSecond > 0) {
      epoch(field, from, to, out);
      return;
    }
    for (TemporalPattern pattern : patterns) {
      if (pattern.matches(field, from, to)) {
        write(pattern, out);
        return;
      }
    }
    throw refusal(to - from);
  }

  private void write(TemporalPattern pattern, CopyText out) {
    if (type == Type.DATE) {
      pattern.writeDate(out);
      return;
    }
    pattern.writeTimestamp(out);
    if (type == Type.TIMESTAMPTZ) {
      pattern.writeOffset(out);
    }
  }

  /** Epoch times are UTC; a fraction of the unit is allowed and cut off. */
  private void epoch(byte[] field, int from, int to, CopyText out) throws LoadRefusal {
    int digits = field[from] == '-' ? from + 1 : from;
    int end = Digits.skip(field, digits, to);
    boolean fraction = end < to && field[end] == '.' && Digits.skip(field, end + 1, to) == to;
    if (end == digits || end - digits > 15 || (end < to && !fraction)) {
      throw refusal(to - from);
    }
    long value = 0;
    for (int i = digits; i < end; i++) {
      value = value * 10 + (field[i] - '0');
    }
    long millis = Math.multiplyExact(digits > from ? -value : value, 1000L / epochUnitsPerSecond);
    long second = Math.floorDiv(millis, 1000L);
    if (second < LEAST_EPOCH_SECOND || second > LARGEST_EPOCH_SECOND) {
      throw refusal(to - from);
    }
    out.raw(EPOCH.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC)));
    if (type == Type.TIMESTAMPTZ) {
      out.raw('Z');
    }
  }

  private LoadRefusal refusal(int length) {
    if (type != Type.DATE) {
      return LoadError.TIMESTAMP.refusal(shownFormat);
    }
    boolean tooShort = shownFormat.equals(DEFAULT_DATE) && length < DEFAULT_DATE.length();
    return tooShort ? LoadError.SHORT_DATE.refusal() : LoadError.DATE.refusal(shownFormat);
  }
}
