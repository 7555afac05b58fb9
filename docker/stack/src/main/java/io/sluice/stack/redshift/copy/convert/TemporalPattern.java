package io.sluice.stack.redshift.copy.convert;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One form of a date or a time, in the letters of "DATEFORMAT and TIMEFORMAT strings" of the
 * Redshift Database Developer Guide. {@code T} stands for a blank or a T between date and time,
 * {@code OF} for an offset that may be missing.
 */
final class TemporalPattern {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** Longest first where one begins another. */
  private enum Element {
    YYYY,
    YY,
    MON,
    MM,
    MI,
    MS,
    DD,
    HH24,
    HH12,
    HH,
    SS,
    US,
    AM,
    PM,
    OF,
    TZ,
    T,
    LITERAL
  }

  private record Step(Element element, char literal) {}

  private final List<Step> steps = new ArrayList<>();
  private boolean spellsFraction;

  private byte[] text;
  private int position;
  private int end;
  private int year;
  private int month;
  private int day;
  private int hour;
  private int minute;
  private int second;
  private int micros;
  private int halfDay;
  private boolean twelveHours;
  private String offset;

  TemporalPattern(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      Element element = elementAt(pattern, i);
      steps.add(new Step(element, pattern.charAt(i)));
      spellsFraction |= element == Element.MS || element == Element.US;
      i += element == Element.LITERAL ? 1 : element.name().length();
    }
  }

  private static Element elementAt(String pattern, int at) {
    String rest = pattern.substring(at).toUpperCase(Locale.ROOT);
    for (Element element : Element.values()) {
      if (element != Element.LITERAL && rest.startsWith(element.name())) {
        return element;
      }
    }
    return Element.LITERAL;
  }

  /** Whether the text is a valid moment of this form; if so, the write methods tell it. */
  boolean matches(byte[] field, int from, int to) {
    text = field;
    position = from;
    end = to;
    year = 1970;
    month = 1;
    day = 1;
    hour = 0;
    minute = 0;
    second = 0;
    micros = 0;
    halfDay = -1;
    twelveHours = false;
    offset = "";
    for (Step step : steps) {
      if (!take(step)) {
        return false;
      }
    }
    return position == end && isValid();
  }

  void writeDate(CopyText out) {
    out.number(year, 4);
    out.raw('-');
    out.number(month, 2);
    out.raw('-');
    out.number(day, 2);
  }

  void writeTimestamp(CopyText out) {
    writeDate(out);
    out.raw(' ');
    out.number(hour, 2);
    out.raw(':');
    out.number(minute, 2);
    out.raw(':');
    out.number(second, 2);
    if (micros > 0) {
      out.raw('.');
      out.number(micros, 6);
    }
  }

  void writeOffset(CopyText out) {
    out.raw(offset);
  }

  private boolean take(Step step) {
    return switch (step.element()) {
      case YYYY -> (year = digits(4, 4)) > 0;
      case YY -> takeShortYear();
      case MON -> takeMonthName();
      case MM -> (month = digits(1, 2)) >= 0;
      case DD -> (day = digits(1, 2)) >= 0;
      case HH12 -> (hour = digits(1, 2)) >= 0 && (twelveHours = true);
      case HH24, HH -> (hour = digits(1, 2)) >= 0;
      case MI -> (minute = digits(2, 2)) >= 0;
      case SS -> (second = digits(2, 2)) >= 0 && takeFraction();
      case MS -> takeFractionDigits(3);
      case US -> takeFractionDigits(6);
      case AM, PM -> takeHalfDay();
      case OF, TZ -> takeOffset();
      case T -> accept(' ') || accept('T');
      case LITERAL -> accept(step.literal());
    };
  }

  private boolean takeShortYear() {
    int value = digits(2, 2);
    year = value < 70 ? 2000 + value : 1900 + value;
    return value >= 0;
  }

  private boolean takeMonthName() {
    if (end - position < 3) {
      return false;
    }
    String name =
        new String(text, position, 3, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    month = MONTHS.indexOf(name) + 1;
    position += 3;
    return month > 0;
  }

  /**
   * The fraction may follow the seconds of any form that does not spell it itself; what is finer
   * than microseconds is cut off.
   */
  private boolean takeFraction() {
    if (spellsFraction
        || position + 1 >= end
        || text[position] != '.'
        || !Digits.isDigit(text[position + 1])) {
      return true;
    }
    position++;
    noteFraction(Digits.skip(text, position, end));
    return true;
  }

  private boolean takeFractionDigits(int most) {
    int behind = Digits.skip(text, position, Math.min(end, position + most));
    if (behind == position) {
      return false;
    }
    noteFraction(behind);
    return true;
  }

  /** Digits behind a decimal point: 5 is half a second. */
  private void noteFraction(int behind) {
    for (int i = position; i < position + 6; i++) {
      micros = micros * 10 + (i < behind ? text[i] - '0' : 0);
    }
    position = behind;
  }

  private boolean takeHalfDay() {
    accept(' ');
    twelveHours = true;
    halfDay = position < end && (text[position] | 0x20) == 'p' ? 1 : 0;
    boolean known = position + 2 <= end && "ap".indexOf(text[position] | 0x20) >= 0;
    position += 2;
    return known && (text[position - 1] | 0x20) == 'm';
  }

  private boolean takeOffset() {
    if (position == end) {
      return true;
    }
    accept(' ');
    if (accept('Z')) {
      offset = "Z";
      return true;
    }
    int start = position;
    if (!accept('+') && !accept('-')) {
      return false;
    }
    int hours = digits(2, 2);
    boolean colon = accept(':');
    int minutes = position < end || colon ? digits(2, 2) : 0;
    offset = new String(text, start, position - start, StandardCharsets.US_ASCII);
    return hours >= 0 && hours <= 15 && minutes >= 0 && minutes < 60;
  }

  private boolean isValid() {
    if (twelveHours) {
      if (hour < 1 || hour > 12) {
        return false;
      }
      hour = hour % 12 + (halfDay == 1 ? 12 : 0);
    }
    return year <= 9999
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= (day <= 28 ? 28 : YearMonth.of(year, month).lengthOfMonth())
        && hour < 24
        && minute < 60
        && second < 60;
  }

  private boolean accept(char wanted) {
    if (position < end && text[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  /**
   * The number of at least {@code least} and at most {@code most} digits that comes next, negative
   * if there is none.
   */
  private int digits(int least, int most) {
    int start = position;
    int value = 0;
    while (position < end && position - start < most && Digits.isDigit(text[position])) {
      value = value * 10 + (text[position++] - '0');
    }
    return position - start < least ? Integer.MIN_VALUE / 1000 : value;
  }
}
