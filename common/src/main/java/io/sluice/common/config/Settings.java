package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Findings findings;
  private final List<String> problems;
  private final KnownNames known;
  private final List<Settings> children = new ArrayList<>();

  /** The section {@code config} at {@code path}; what is found goes to {@code findings}. */
  Settings(Config config, String path, Findings findings) {
    this.config = config;
    this.path = path;
    this.findings = findings;
    this.problems = findings.problems();
    this.known = new KnownNames(path);
  }

  /** A text that must be there and not be blank. */
  public String string(String name) {
    return required(name, this::text);
  }

  /** A text, or {@code fallback}. */
  public String string(String name, String fallback) {
    return orElse(name, optional(name, this::text), fallback);
  }

  /** A text that may be left out. */
  public Optional<String> optionalString(String name) {
    return optional(name, this::text);
  }

  /** A text that may be left out, and may be empty or blank. */
  public Optional<String> optionalText(String name) {
    return optional(name, config::getString);
  }

  /** A section whose names are the user's own, each with a text; one that is left out is empty. */
  public Map<String, String> texts(String name) {
    return optional(name, path -> Values.texts(config.getObject(path))).orElse(Map.of());
  }

  /** A whole number between two bounds, both included. */
  public long number(String name, long fallback, long min, long max) {
    long value = orElse(name, optional(name, config::getLong), fallback);
    if (value < min || value > max) {
      problem(name, value, "must be from " + min + " to " + max);
    }
    return value;
  }

  /** Yes or no. */
  public boolean flag(String name, boolean fallback) {
    return orElse(name, optional(name, config::getBoolean), fallback);
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
    return positive(name, orElse(name, optional(name, config::getDuration), fallback));
  }

  /** A length of time that may be {@code 0s}, or {@code fallback}. */
  public Duration durationOrZero(String name, Duration fallback) {
    Duration value = orElse(name, optional(name, config::getDuration), fallback);
    if (value != null && value.isNegative()) {
      problem(name, shown(name), "must not be negative");
    }
    return value;
  }

  /** A size such as {@code 16MiB}, at least one byte, or {@code fallback}. */
  public long bytes(String name, long fallback) {
    long value = bytesOrDefault(name, fallback);
    if (value < 1) {
      problem(name, value, "must be at least 1 byte");
    }
    return value;
  }

  /** A size that may be {@code 0}, or {@code fallback}. */
  public long bytesOrZero(String name, long fallback) {
    long value = bytesOrDefault(name, fallback);
    if (value < 0) {
      problem(name, value, "must not be negative");
    }
    return value;
  }

  /** A value of an enum, written in lower case with dashes, or {@code fallback}. */
  public <E extends Enum<E>> E oneOf(String name, Class<E> type, E fallback) {
    return orElse(name, optionalParsed(name, text -> Values.constant(text, type)), fallback);
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

  /** A list of texts as {@link #parsedList}, or empty when it is left out. */
  public <T> Optional<List<T>> optionalParsedList(String name, Function<String, T> parser) {
    known.add(name);
    return has(name) ? Optional.of(parsedList(name, parser)) : Optional.empty();
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
    if (sections != null && sections.isEmpty()) {
      problem(name, "[]", "needs at least one entry");
    }
    return read(sections == null ? List.of() : sections, name, reader);
  }

  /** A list of sections; one that is left out is empty. */
  public <T> List<T> optionalSections(String name, Reader<T> reader) {
    Optional<? extends List<? extends Config>> sections = optional(name, config::getConfigList);
    return read(sections.isPresent() ? sections.get() : List.of(), name, reader);
  }

  private <T> List<T> read(List<? extends Config> sections, String name, Reader<T> reader) {
    List<T> values = new ArrayList<>();
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

  /** Notes a problem of the section as a whole. */
  public void problem(String sentence) {
    problems.add(path + ": " + sentence);
  }

  /** Notes a problem of one value. */
  public void problem(String name, Object value, String whatIsAllowed) {
    problems.add(at(name) + " = " + value + ": " + whatIsAllowed);
  }

  /**
   * The paths of all settings that were asked for, with {@code []} for the place in a list. Lists
   * and optional sections show their names only when they have an entry.
   */
  void collectNames(Set<String> names) {
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
    Settings child = new Settings(section, at(name), findings);
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
      T value = getter.apply(name);
      findings.given(at(name), value, config.getValue(name));
      return Optional.of(value);
    } catch (com.typesafe.config.ConfigException e) {
      problem(name, shown(name), Values.allowed(e));
      return Optional.empty();
    }
  }

  private long bytesOrDefault(String name, long fallback) {
    Optional<Long> value = optional(name, config::getBytes);
    if (!has(name)) {
      findings.byDefault(at(name), Values.size(fallback));
    }
    return value.orElse(fallback);
  }

  private <T> T orElse(String name, Optional<T> value, T fallback) {
    if (value.isEmpty() && fallback != null && !has(name)) {
      findings.byDefault(at(name), Values.spelled(fallback));
    }
    return value.orElse(fallback);
  }

  private String shown(String name) {
    return Values.shown(config.getValue(name));
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

  /** Makes problems of the names that nobody asked for. */
  void noteUnknownNames() {
    problems.addAll(known.problems(config));
    children.forEach(Settings::noteUnknownNames);
  }

  private String at(String name) {
    return known.at(name);
  }
}
