package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One section of the settings, read name by name.
 *
 * <p>A value that is missing or wrong is noted and null, zero or empty is returned in its place, so
 * that reading goes on and all problems come out together: {@link #valid} builds the record only
 * when there were none. Names that nobody asked for are problems too, told with the nearest name
 * that is known.
 */
public final class Settings {
  /** Turns a section into a record. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Settings settings);
  }

  private final Config config;
  private final String path;
  private final List<String> problems;
  private final KnownNames known;
  private final List<Settings> children = new ArrayList<>();

  private Settings(Config config, String path, List<String> problems) {
    this.config = config;
    this.path = path;
    this.problems = problems;
    this.known = new KnownNames(path);
  }

  /** Reads a whole section and throws {@link ConfigException} with every problem found in it. */
  static <T> T read(Config config, String source, String path, Reader<T> reader) {
    Settings settings = new Settings(config, path, new ArrayList<>());
    T value = reader.read(settings);
    settings.noteUnknownNames();
    if (!settings.problems.isEmpty()) {
      throw new ConfigException(source, settings.problems);
    }
    return value;
  }

  /**
   * The paths of all settings that {@code reader} asks for in {@code config}, with {@code []} for
   * the place in a list. Lists and optional sections show their names only when {@code config} has
   * an entry of them.
   */
  static Set<String> names(Config config, String path, Reader<?> reader) {
    Settings settings = new Settings(config, path, new ArrayList<>());
    reader.read(settings);
    Set<String> names = new TreeSet<>();
    settings.collectNames(names);
    return names;
  }

  /** A text that must be there and not be blank. */
  public String string(String name) {
    return required(name, this::text);
  }

  /** A text, or {@code fallback}. */
  public String string(String name, String fallback) {
    return optional(name, this::text).orElse(fallback);
  }

  /** A text that may be left out. */
  public Optional<String> optionalString(String name) {
    return optional(name, this::text);
  }

  /** A whole number between two bounds, both included. */
  public long number(String name, long fallback, long min, long max) {
    long value = optional(name, config::getLong).orElse(fallback);
    if (value < min || value > max) {
      problem(name, value, "must be from " + min + " to " + max);
    }
    return value;
  }

  /** Yes or no. */
  public boolean flag(String name, boolean fallback) {
    return optional(name, config::getBoolean).orElse(fallback);
  }

  /**
   * A length of time such as {@code 500ms}, {@code 2s} or {@code 5m}, longer than nothing, that
   * must be there.
   */
  public Duration duration(String name) {
    return positive(name, required(name, config::getDuration));
  }

  /** A length of time, or {@code fallback}. */
  public Duration duration(String name, Duration fallback) {
    return positive(name, optional(name, config::getDuration).orElse(fallback));
  }

  /** A length of time that may be {@code 0s}, or {@code fallback}. */
  public Duration durationOrZero(String name, Duration fallback) {
    Duration value = optional(name, config::getDuration).orElse(fallback);
    if (value != null && value.isNegative()) {
      problem(name, shown(name), "must not be negative");
    }
    return value;
  }

  /** A size such as {@code 16MiB}, at least one byte, or {@code fallback}. */
  public long bytes(String name, long fallback) {
    long value = optional(name, config::getBytes).orElse(fallback);
    if (value < 1) {
      problem(name, value, "must be at least 1 byte");
    }
    return value;
  }

  /** A value of an enum, written in lower case with dashes. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
    return optionalParsed(name, text -> Values.constant(text, type)).orElse(fallback);
  }

  /** An absolute {@code http} or {@code https} address that may be left out. */
  public Optional<URI> endpoint(String name) {
    return optionalParsed(name, Values::httpUri);
  }

  /**
   * A text that {@code parser} understands; what it throws as IllegalArgumentException becomes the
   * problem.
   */
  public <T> T parsed(String name, Function<String, T> parser) {
    String text = string(name);
    return text == null ? null : parse(name, text, parser);
  }

  /** A text that {@code parser} understands, or empty when it is left out. */
  public <T> Optional<T> optionalParsed(String name, Function<String, T> parser) {
    return optional(name, this::text).map(text -> parse(name, text, parser));
  }

  /**
   * A list of texts, at least one, that {@code parser} understands; what it throws as
   * IllegalArgumentException becomes the problem of its entry.
   */
  public <T> List<T> parsedList(String name, Function<String, T> parser) {
    List<String> texts = required(name, config::getStringList);
    List<T> values = new ArrayList<>();
    if (texts == null) {
      return values;
    }
    if (texts.isEmpty()) {
      problem(name, "[]", "needs at least one entry");
    }
    for (int i = 0; i < texts.size(); i++) {
      T value = parse(name + "[" + i + "]", texts.get(i), parser);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** A section within this one; one that is left out reads as empty. */
  public <T> T section(String name, Reader<T> reader) {
    Config section = optional(name, config::getConfig).orElse(ConfigFactory.empty());
    return child(section, name, reader);
  }

  /** A section within this one, or empty when it is left out. */
  public <T> Optional<T> optionalSection(String name, Reader<T> reader) {
    return optional(name, config::getConfig).map(section -> child(section, name, reader));
  }

  /** A list of sections, at least one. */
  public <T> List<T> sections(String name, Reader<T> reader) {
    List<? extends Config> sections = required(name, config::getConfigList);
    List<T> values = new ArrayList<>();
    if (sections == null) {
      return values;
    }
    if (sections.isEmpty()) {
      problem(name, "[]", "needs at least one entry");
    }
    for (int i = 0; i < sections.size(); i++) {
      T value = child(sections.get(i), name + "[" + i + "]", reader);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * The record of this section, or null when anything in the settings is wrong so far. An
   * IllegalArgumentException of its constructor becomes a problem of this section.
   */
  public <T> T valid(Supplier<T> constructor) {
    if (!problems.isEmpty()) {
      return null;
    }
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      problems.add(path + ": " + e.getMessage());
      return null;
    }
  }

  /** Notes a problem of one value. */
  public void problem(String name, Object value, String whatIsAllowed) {
    problems.add(at(name) + " = " + value + ": " + whatIsAllowed);
  }

  private void collectNames(Set<String> names) {
    Set<String> parents = new LinkedHashSet<>();
    for (Settings child : children) {
      parents.add(child.path.replaceAll("\\[[0-9]+\\]$", ""));
      child.collectNames(names);
    }
    known
        .paths()
        .filter(name -> !parents.contains(name))
        .map(name -> name.replaceAll("\\[[0-9]+\\]", "[]"))
        .forEach(names::add);
  }

  private <T> T child(Config section, String name, Reader<T> reader) {
    Settings child = new Settings(section, at(name), problems);
    children.add(child);
    return reader.read(child);
  }

  private <T> T required(String name, Function<String, T> getter) {
    Optional<T> value = optional(name, getter);
    if (value.isEmpty() && !has(name)) {
      problems.add(at(name) + " is missing");
    }
    return value.orElse(null);
  }

  private <T> Optional<T> optional(String name, Function<String, T> getter) {
    known.add(name);
    if (!has(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(getter.apply(name));
    } catch (com.typesafe.config.ConfigException e) {
      problem(name, shown(name), allowed(e));
      return Optional.empty();
    }
  }

  private boolean has(String name) {
    return config.hasPath(name);
  }

  private String text(String name) {
    String text = config.getString(name);
    if (text.isBlank()) {
      problem(name, "\"" + text + "\"", "must not be blank");
    }
    return text;
  }

  private Duration positive(String name, Duration value) {
    if (value != null && (value.isZero() || value.isNegative())) {
      problem(name, shown(name), "must be longer than nothing");
    }
    return value;
  }

  private <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(name, text, e.getMessage());
      return null;
    }
  }

  /** The value as it may be shown: a text or a number; of a list or a section only what it is. */
  private String shown(String name) {
    ConfigValue value = config.getValue(name);
    ConfigValueType type = value.valueType();
    return type == ConfigValueType.LIST || type == ConfigValueType.OBJECT
        ? "a " + type.name().toLowerCase(Locale.ROOT)
        : String.valueOf(value.unwrapped());
  }

  /** The library's sentence without the place, which the problem names in its own way. */
  private static String allowed(com.typesafe.config.ConfigException e) {
    String message = e.getMessage();
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }
    return message.replaceFirst("^Invalid value at '[^']*': ", "");
  }

  private void noteUnknownNames() {
    problems.addAll(known.problems(config));
    children.forEach(Settings::noteUnknownNames);
  }

  private String at(String name) {
    return known.at(name);
  }
}
