package io.sluice.acceptance.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is not as it should be, by kinds: the first few of a kind word for word, the others counted,
 * so that a million of them can still be read. For one thread.
 */
final class Differences {
  private static final int WORD_FOR_WORD = 10;

  private final Map<String, List<String>> told = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /** Notes a difference of a kind; {@code detail} says where and what. */
  void add(String kind, String detail) {
    long count = counts.merge(kind, 1L, Long::sum);
    if (count <= WORD_FOR_WORD) {
      told.computeIfAbsent(kind, k -> new ArrayList<>()).add(kind + ": " + detail);
    }
  }

  /** Notes a difference unless the two are equal. */
  void unlessEqual(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      add(what, "%s, expected %s".formatted(found, expected));
    }
  }

  List<String> list() {
    List<String> all = new ArrayList<>();
    told.forEach(
        (kind, details) -> {
          all.addAll(details);
          if (counts.get(kind) > details.size()) {
            all.add("%s: %d more".formatted(kind, counts.get(kind) - details.size()));
          }
        });
    return List.copyOf(all);
  }
}
