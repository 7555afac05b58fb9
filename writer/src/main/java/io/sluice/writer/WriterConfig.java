package io.sluice.writer;

import io.sluice.common.config.Settings;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.map.Mapping;
import io.sluice.writer.map.MappingSettings;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The settings of a writer: the section {@code writer} of a file.
 *
 * @param landing where and how it lands
 * @param interval the batch interval
 * @param source what it reads
 * @param mapping how records become rows
 * @param shutdownGrace how long a stop waits for the interval in hand
 */
record WriterConfig(
    LandingConfig landing,
    Duration interval,
    SourceConfig source,
    Mapping<SourceRecord> mapping,
    Duration shutdownGrace) {
  private static final long MIN_INTERVAL_MILLIS = 100;

  static WriterConfig read(Settings settings) {
    Duration interval = settings.duration("interval", Duration.ofSeconds(10));
    if (interval != null && interval.toMillis() < MIN_INTERVAL_MILLIS) {
      settings.problem("interval", interval.toMillis() + "ms", "must be at least 100ms");
    }
    LandingConfig landing = LandingConfig.read(settings);
    SourceConfig source = settings.section("source", SourceConfig::read);
    Mapping<SourceRecord> mapping = MappingSettings.read(settings);
    Duration shutdownGrace = settings.duration("shutdown.grace", Duration.ofSeconds(60));
    return settings.valid(
        () -> new WriterConfig(landing, interval, source, mapping, shutdownGrace));
  }

  /** What a run would do, in lines for people. */
  List<String> plan() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "plan  every %d ms: %s by the %s source to %s"
            .formatted(
                interval.toMillis(),
                String.join(", ", source.streams()),
                source.type().name().toLowerCase(Locale.ROOT),
                landing.batchFolder()));
    for (TableLayout table : mapping.layouts()) {
      lines.add(
          "plan  %s: %s, %s%s"
              .formatted(
                  table.name(),
                  table.format().format(),
                  table.format().compression(),
                  table.columns().isEmpty()
                      ? ", rows as they come"
                      : ", %d columns".formatted(table.columns().size())));
    }
    return lines;
  }
}
