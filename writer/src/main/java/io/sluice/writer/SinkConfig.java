package io.sluice.writer;

import io.sluice.common.aws.ConfigLocation;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.config.Settings;
import io.sluice.writer.map.MappingSettings;
import io.sluice.writer.map.table.TableMapping;
import java.io.Serializable;
import java.util.List;

/**
 * The settings of a {@link BatchSink}: the section {@code sink} of a file or a text, with the names
 * of the writer's own section but for {@code interval}, {@code source}, {@code routing}, {@code
 * mapper} and {@code shutdown}.
 */
public final class SinkConfig implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SECTION = "sink";

  private final LandingConfig landing;
  private final List<TableMapping> tables;

  private SinkConfig(LandingConfig landing, List<TableMapping> tables) {
    this.landing = landing;
    this.tables = List.copyOf(tables);
  }

  /**
   * Reads them from a path, {@code classpath:NAME} or {@code s3://bucket/key}.
   *
   * @throws io.sluice.common.config.ConfigException that tells every problem at once
   */
  public static SinkConfig read(String location) {
    return new ConfigLocation(location).read(SECTION, SinkConfig::of);
  }

  /** Reads them from a text in HOCON; throws as {@link #read} does. */
  public static SinkConfig parse(String hocon) {
    return ConfigFile.parse(hocon, "the text of the settings", SECTION, SinkConfig::of);
  }

  static SinkConfig of(Settings settings) {
    LandingConfig landing = LandingConfig.read(settings);
    List<TableMapping> tables = MappingSettings.tables(settings);
    return settings.valid(() -> new SinkConfig(landing, tables));
  }

  LandingConfig landing() {
    return landing;
  }

  List<TableMapping> tables() {
    return tables;
  }
}
