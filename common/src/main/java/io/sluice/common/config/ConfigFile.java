package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.Missing;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A file of settings in HOCON, with {@code ${NAME}} filled in from the file itself and the
 * environment.
 *
 * <p>Each process reads the section of its own name, so that one file may serve both.
 */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads a section of a file.
   *
   * @throws ConfigException when the file is missing, is not HOCON, has an unresolved {@code
   *     ${NAME}}, lacks the section, or when {@code reader} found problems
   */
  public static <T> T read(Path file, String section, Settings.Reader<T> reader) {
    if (!Files.isReadable(file)) {
      throw new ConfigException(
          file.toString(), List.of("there is no such file, or it cannot be read"));
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
    return read(
        () -> ConfigFactory.parseFile(file.toFile(), options), file.toString(), section, reader);
  }

  /** Reads a section of a text; {@code source} names it in errors. */
  public static <T> T parse(String text, String source, String section, Settings.Reader<T> reader) {
    return read(() -> ConfigFactory.parseString(text), source, section, reader);
  }

  /**
   * The paths of all settings that {@code reader} asks for when it reads {@code text}, right or
   * wrong: for checking a reference of the settings against the code.
   */
  public static Set<String> names(String text, String section, Settings.Reader<?> reader) {
    return Settings.names(
        ConfigFactory.parseString(text).resolve().getConfig(section), section, reader);
  }

  private static <T> T read(
      java.util.function.Supplier<Config> parser,
      String source,
      String section,
      Settings.Reader<T> reader) {
    Config config;
    try {
      config = parser.get().resolve();
      config = config.getConfig(section);
    } catch (Missing e) {
      throw new ConfigException(source, List.of("there is no section '" + section + " { ... }'"));
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(source, List.of(e.getMessage()));
    }
    return Settings.read(config, source, section, reader);
  }
}
