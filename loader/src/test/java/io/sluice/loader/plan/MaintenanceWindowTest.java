package io.sluice.loader.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceWindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest(name = "{0} for {1} in {2} at {3}: {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // A Sunday in winter: 2 o'clock is 1 o'clock in UTC.
        "0 2 * * SUN | 2h | Europe/Berlin | 2026-11-22T00:59:59Z | -",
        "0 2 * * SUN | 2h | Europe/Berlin | 2026-11-22T01:00:00Z | 2026-11-22T03:00:00Z",
        "0 2 * * SUN | 2h | Europe/Berlin | 2026-11-22T02:59:59Z | 2026-11-22T03:00:00Z",
        "0 2 * * SUN | 2h | Europe/Berlin | 2026-11-22T03:00:00Z | -",
        "0 2 * * SUN | 2h | Europe/Berlin | 2026-11-23T01:30:00Z | -",
        "0 2 * * 0 | 2h | Europe/Berlin | 2026-11-22T01:00:00Z | 2026-11-22T03:00:00Z",
        // Over midnight and over the end of a month
        "30 23 * * * | 1h | UTC | 2026-12-01T00:10:00Z | 2026-12-01T00:30:00Z",
        "0 0 1 * * | 26h | UTC | 2026-12-02T01:59:00Z | 2026-12-02T02:00:00Z",
        // One of day of month and day of week is enough, as in crontab(5).
        "0 4 1 * MON | 1h | UTC | 2026-11-23T04:10:00Z | 2026-11-23T05:00:00Z",
        "0 4 1 * MON | 1h | UTC | 2026-12-01T04:10:00Z | 2026-12-01T05:00:00Z",
        "0 4 1 * MON | 1h | UTC | 2026-12-02T04:10:00Z | -",
        // Often, and one after another
        "*/10 * * * * | 5m | UTC | 2026-11-22T12:34:00Z | 2026-11-22T12:35:00Z",
        "*/10 * * * * | 5m | UTC | 2026-11-22T12:36:00Z | -",
        "0 * * * * | 1h | UTC | 2026-11-22T12:36:00Z | 2026-11-22T13:00:00Z",
        // Clocks go forward, there is no 2:30: the window begins at 3:30, half past one in UTC.
        "30 2 * * * | 1h | Europe/Berlin | 2027-03-28T01:29:00Z | -",
        "30 2 * * * | 1h | Europe/Berlin | 2027-03-28T01:30:00Z | 2027-03-28T02:30:00Z",
        "30 2 * * * | 1h | Europe/Berlin | 2027-03-28T02:30:00Z | -",
        "30 2 * * * | 1h | Europe/Berlin | 2027-03-29T00:30:00Z | 2027-03-29T01:30:00Z",
        // Clocks go back, 2:30 comes twice: both hours are kept free.
        "30 2 * * * | 1h | Europe/Berlin | 2026-10-25T00:29:00Z | -",
        "30 2 * * * | 1h | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z",
        "30 2 * * * | 1h | Europe/Berlin | 2026-10-25T01:30:00Z | 2026-10-25T02:30:00Z",
        "30 2 * * * | 1h | Europe/Berlin | 2026-10-25T02:30:00Z | -",
        "30 2 * * * | 1h | Europe/Berlin | 2026-10-26T01:30:00Z | 2026-10-26T02:30:00Z",
        // A window over the change lasts as long as ever.
        "0 1 * * * | 3h | Europe/Berlin | 2027-03-28T02:59:00Z | 2027-03-28T03:00:00Z",
        "0 1 * * * | 3h | Europe/Berlin | 2026-10-25T01:59:00Z | 2026-10-25T02:00:00Z",
        "15 1 * * * | 30m | America/New_York | 2026-11-01T05:20:00Z | 2026-11-01T05:45:00Z",
        "15 1 * * * | 30m | America/New_York | 2026-11-01T06:20:00Z | 2026-11-01T06:45:00Z",
        "0 5 * * * | 1h | Pacific/Kiritimati | 2026-11-22T15:30:00Z | 2026-11-22T16:00:00Z",
        "0 5 * * * | 1h | Pacific/Niue | 2026-11-22T16:30:00Z | 2026-11-22T17:00:00Z"
      })
  void isOpenFromEachBeginningForItsDuration(
      String cron, String duration, String zone, Instant now, Instant end) {
    MaintenanceWindow window =
        new MaintenanceWindow(cron, Duration.parse("PT" + duration), ZoneId.of(zone));

    if (end == null) {
      assertThat(window.endIfOpen(now)).isEmpty();
    } else {
      assertThat(window.endIfOpen(now)).contains(end);
    }
  }

  /** Minute by minute over both changes, against what the wall shows. */
  @Test
  void leavesNoMinuteOfTheWallsWindowOpenOverAWholeYear() {
    MaintenanceWindow window = new MaintenanceWindow("0 2 * * *", Duration.ofHours(2), BERLIN);
    for (Instant day : new Instant[] {at("2026-10-24"), at("2027-03-27")}) {
      for (int minute = 0; minute < 3 * 24 * 60; minute++) {
        Instant now = day.plus(Duration.ofMinutes(minute));
        int hour = now.atZone(BERLIN).getHour();
        if (hour == 2 || hour == 3) {
          assertThat(window.endIfOpen(now)).describedAs(now.toString()).isPresent();
        } else if (hour < 2 || hour > 4) {
          assertThat(window.endIfOpen(now)).describedAs(now.toString()).isEmpty();
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoTimeAndWhatNeverEnds() {
    for (String wrong : new String[] {"", "0 2 * *", "0 25 * * *", "61 * * * *", "0 0 0 * * *"}) {
      assertThatThrownBy(() -> new MaintenanceWindow(wrong, Duration.ofHours(1), BERLIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("must be minute, hour, day of month, month and day of week");
    }
    assertThatThrownBy(() -> new MaintenanceWindow("0 2 * * *", Duration.ofDays(8), ZoneOffset.UTC))
        .hasMessageContaining("longer than a week");
  }

  private static Instant at(String day) {
    return Instant.parse(day + "T00:00:00Z");
  }
}
