package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.NotResolved;
import com.typesafe.config.ConfigException.UnresolvedSubstitution;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${NAME}} in from the file itself and the environment. */
final class Substitutions {
  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");

  private Substitutions() {}

  /**
   * A section with its names filled in. What other sections lack does not matter: one file may
   * serve processes with environments of their own.
   *
   * @throws ConfigException that tells all names without a value
   * @throws com.typesafe.config.ConfigException.Missing if there is no such section
   */
  static Config section(Config parsed, String section, String source) {
    return fillIn(alone(parsed, section), source).getConfig(section);
  }

  /** Without the other sections, once their values are filled in, unless it is itself a name. */
  private static Config alone(Config parsed, String section) {
    try {
      return parsed
          .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
          .getConfig(section)
          .atPath(section);
    } catch (NotResolved e) {
      return parsed;
    }
  }

  private static Config fillIn(Config parsed, String source) {
    Map<String, Integer> lines = new HashMap<>();
    ConfigResolveOptions options =
        ConfigResolveOptions.defaults().appendResolver(new EmptyTexts(lines.keySet()));
    while (true) {
      try {
        Config filled = parsed.resolve(options);
        if (lines.isEmpty()) {
          return filled;
        }
        throw new ConfigException(source, problems(lines));
      } catch (UnresolvedSubstitution e) {
        Matcher name = NAME.matcher(e.getMessage());
        if (!name.find() || lines.put(name.group(1), e.origin().lineNumber()) != null) {
          throw e;
        }
      } catch (com.typesafe.config.ConfigException e) {
        if (lines.isEmpty()) {
          throw e;
        }
        // An empty text does not fit there; the names found so far are what is wrong.
        throw new ConfigException(source, problems(lines));
      }
    }
  }

  private static List<String> problems(Map<String, Integer> lines) {
    return lines.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(
            missing ->
                "line %d: ${%s} has no value: set it in the environment, or write the value in its place"
                    .formatted(missing.getValue(), missing.getKey()))
        .toList();
  }

  /** Has empty texts for some names, so that those after them are found missing as well. */
  private record EmptyTexts(Set<String> names) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String name) {
      return names.contains(name) ? ConfigValueFactory.fromAnyRef("") : null;
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }
}
