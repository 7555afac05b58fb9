package io.sluice.loader.warehouse;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What loads have set aside, by the {@code s3://} addresses of the files.
 *
 * @param quarantined files of which nothing is in the table
 * @param givenUp such files of which somebody has decided that it stays so, each with the reason
 * @param leftOut how many rows are not in the table of a file that is in it otherwise
 * @param replaced files that are in the table, but not with what their manifests promised
 */
public record AsideFiles(
    Set<String> quarantined,
    Map<String, String> givenUp,
    Map<String, Long> leftOut,
    Set<String> replaced) {
  public static final AsideFiles NONE = new AsideFiles(Set.of(), Map.of(), Map.of(), Set.of());

  public AsideFiles {
    quarantined = Set.copyOf(quarantined);
    givenUp = Collections.unmodifiableMap(new LinkedHashMap<>(givenUp));
    leftOut = Map.copyOf(leftOut);
    replaced = Set.copyOf(replaced);
  }

  /** These and others. */
  public AsideFiles plus(AsideFiles others) {
    Set<String> files = new HashSet<>(quarantined);
    files.addAll(others.quarantined);
    Map<String, String> decided = new LinkedHashMap<>(givenUp);
    decided.putAll(others.givenUp);
    Map<String, Long> rows = new HashMap<>(leftOut);
    others.leftOut.forEach((file, more) -> rows.merge(file, more, Long::sum));
    Set<String> changed = new HashSet<>(replaced);
    changed.addAll(others.replaced);
    return new AsideFiles(files, decided, rows, changed);
  }
}
