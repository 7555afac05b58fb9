package io.sluice.loader.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as the settings have it: {@code 90s}, {@code 15m}, {@code 2h}. */
final class TimeConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    Duration time;
    try {
      time = ConfigValueFactory.fromAnyRef(text).atKey("time").getDuration("time");
    } catch (ConfigException e) {
      throw new TypeConversionException("'" + text + "' is no time: use 90s, 15m, 2h or 1d");
    }
    if (time.isNegative()) {
      throw new TypeConversionException("'" + text + "' must not be negative");
    }
    return time;
  }
}
