package io.sluice.loader.plan;

import static java.util.Objects.requireNonNull;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.sluice.common.config.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * A time that comes again and again, in which no COPY may begin.
 *
 * <p>It begins by the clock on the wall and lasts for its duration. When clocks go forward, a
 * beginning that they skip is moved by as much as they are; when they go back, an hour that comes
 * twice begins it twice. So no window is ever left out, and one over the change is rather too long.
 *
 * @param cron when it begins: minute, hour, day of month, month and day of week, as in crontab(5)
 * @param duration of the window, at most {@link #LONGEST}
 */
public record MaintenanceWindow(String cron, Duration duration, ZoneId zone) {
  /** Windows are shorter than the week in which they come again. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** Clocks change by less; see the tz database. */
  private static final Duration MOST_CHANGE = Duration.ofHours(3);

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  public MaintenanceWindow {
    requireNonNull(zone, "zone");
    requireCron(cron);
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a window of " + duration + " is longer than a week");
    }
  }

  /** Reads a section {@code { cron, duration, time-zone }}. */
  public static MaintenanceWindow read(Settings settings) {
    String cron = settings.parsed("cron", MaintenanceWindow::requireCron);
    Duration duration = settings.duration("duration");
    Optional<ZoneId> zone = settings.optionalParsed("time-zone", MaintenanceWindow::zone);
    return settings.valid(() -> new MaintenanceWindow(cron, duration, zone.orElse(ZoneOffset.UTC)));
  }

  /** When the window ends that is open now; empty when none is. */
  public Optional<Instant> endIfOpen(Instant now) {
    // The library reckons in a day without changes of the clock; which instants the wall shows as
    // its local times, the rules of the zone tell.
    ExecutionTime starts = ExecutionTime.forCron(PARSER.parse(cron));
    LocalDateTime latest = LocalDateTime.ofInstant(now.plus(MOST_CHANGE), ZoneOffset.UTC);
    int east = zone.getRules().getOffset(now).getTotalSeconds();
    ZonedDateTime before = latest.plusSeconds(east).atZone(ZoneOffset.UTC);
    ZonedDateTime earliest = before.minus(duration).minus(MOST_CHANGE.multipliedBy(3));
    Optional<ZonedDateTime> start = starts.lastExecution(before);
    while (start.isPresent() && start.get().isAfter(earliest)) {
      for (Instant begin : instants(start.get().toLocalDateTime())) {
        if (!now.isBefore(begin) && now.isBefore(begin.plus(duration))) {
          return Optional.of(begin.plus(duration));
        }
      }
      start = starts.lastExecution(start.get());
    }
    return Optional.empty();
  }

  /** Latest first. */
  private List<Instant> instants(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(local);
      return List.of(local.toInstant(gap.getOffsetBefore()));
    }
    return offsets.stream()
        .map(local::toInstant)
        .sorted(java.util.Comparator.reverseOrder())
        .toList();
  }

  private static String requireCron(String cron) {
    try {
      PARSER.parse(cron).validate();
      return cron;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be minute, hour, day of month, month and day of week as in crontab(5), such as"
              + " \"0 2 * * SUN\": "
              + e.getMessage(),
          e);
    }
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time zone such as Europe/Berlin or UTC", e);
    }
  }
}
