package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The names that one section was asked for, by which the names are told that nobody knows. */
final class KnownNames {
  private static final int NEAR = 3;

  private final String path;
  private final Set<String> names = new LinkedHashSet<>();

  /** Of the section at {@code path}. */
  KnownNames(String path) {
    this.path = path;
  }

  void add(String name) {
    names.add(name);
  }

  /** The whole paths. */
  Stream<String> paths() {
    return names.stream().map(this::at);
  }

  String at(String name) {
    return path + "." + name;
  }

  /** What stands in the section and was not asked for, each with the nearest name that is known. */
  List<String> problems(Config section) {
    List<String> problems = new ArrayList<>();
    for (String name : section.root().keySet()) {
      if (names.contains(name)) {
        continue;
      }
      if (names.stream().anyMatch(known -> known.startsWith(name + "."))) {
        problems.addAll(problemsBelow(section, name));
      } else {
        problems.add(at(name) + " is not a setting" + nearest(name));
      }
    }
    return problems;
  }

  /** A name such as {@code copy} is known as the start of {@code copy.max-wait}. */
  private List<String> problemsBelow(Config section, String name) {
    if (section.root().get(name).valueType() != ConfigValueType.OBJECT) {
      return List.of(at(name) + " is a section, not a value");
    }
    KnownNames below = new KnownNames(at(name));
    names.stream()
        .filter(known -> known.startsWith(name + "."))
        .forEach(known -> below.add(known.substring(name.length() + 1)));
    return below.problems(section.getConfig(name));
  }

  private String nearest(String name) {
    LevenshteinDistance distance = new LevenshteinDistance(NEAR);
    return names.stream()
        .filter(known -> distance.apply(name, known) >= 0)
        .min(Comparator.comparingInt(known -> distance.apply(name, known)))
        .map(known -> ": did you mean " + at(known) + "?")
        .orElse(": known here are " + String.join(", ", names));
  }
}
