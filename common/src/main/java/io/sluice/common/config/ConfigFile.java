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
import java.util.TreeSet;
import java.util.function.Supplier;

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
   * @throws ConfigException when the file is missing, is not HOCON, has a {@code ${NAME}} without a
   *     value, lacks the section, or when {@code reader} found problems
   */
  public static <T> T read(Path file, String section, Settings.Reader<T> reader) {
    return read(
        section(parser(file), file.toString(), section),
        file.toString(),
        section,
        reader,
        new Findings());
  }

  /** Reads a section of a text; {@code source} names it in errors. */
  public static <T> T parse(String text, String source, String section, Settings.Reader<T> reader) {
    return read(
        section(() -> ConfigFactory.parseString(text), source, section),
        source,
        section,
        reader,
        new Findings());
  }

  /**
   * What holds in the end when {@code reader} reads a section of a file, defaults included, in the
   * order of reading; throws as {@link #read} does.
   */
  public static List<EffectiveSetting> effective(
      Path file, String section, Settings.Reader<?> reader) {
    Findings findings = new Findings();
    read(
        section(parser(file), file.toString(), section),
        file.toString(),
        section,
        reader,
        findings);
    return List.copyOf(findings.effective());
  }

  /** The same of a text; {@code source} names it in errors. */
  public static List<EffectiveSetting> effective(
      String text, String source, String section, Settings.Reader<?> reader) {
    Findings findings = new Findings();
    read(
        section(() -> ConfigFactory.parseString(text), source, section),
        source,
        section,
        reader,
        findings);
    return List.copyOf(findings.effective());
  }

  /**
   * The paths of all settings that {@code reader} asks for when it reads {@code text}, right or
   * wrong: for checking a reference of the settings against the code.
   */
  public static Set<String> names(String text, String section, Settings.Reader<?> reader) {
    Settings settings =
        new Settings(
            ConfigFactory.parseString(text).resolve().getConfig(section), section, new Findings());
    reader.read(settings);
    Set<String> names = new TreeSet<>();
    settings.collectNames(names);
    return names;
  }

  private static <T> T read(
      Config config, String source, String path, Settings.Reader<T> reader, Findings findings) {
    Settings settings = new Settings(config, path, findings);
    T value = reader.read(settings);
    settings.noteUnknownNames();
    if (!findings.problems().isEmpty()) {
      throw new ConfigException(source, findings.problems());
    }
    return value;
  }

  private static Supplier<Config> parser(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigException(
          file.toString(), List.of("there is no such file, or it cannot be read"));
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
    return () -> ConfigFactory.parseFile(file.toFile(), options);
  }

  private static Config section(Supplier<Config> parser, String source, String section) {
    try {
      return Substitutions.section(parser.get(), section, source);
    } catch (Missing e) {
      throw new ConfigException(source, List.of("there is no section '" + section + " { ... }'"));
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(source, List.of(e.getMessage()));
    }
  }
}
