package io.sluice.common.manifest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records of an interval that could not become rows.
 *
 * @param files where they lie, each line with its reason
 * @param reasons how many records were refused for which kind of reason
 */
public record Rejects(List<DataFile> files, Map<String, Long> reasons) {
  public Rejects {
    files = List.copyOf(files);
    reasons = java.util.Collections.unmodifiableMap(new TreeMap<>(reasons));
  }

  /** Nothing was refused. */
  public static Rejects none() {
    return new Rejects(List.of(), Map.of());
  }

  /** The refused records. */
  public long records() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }
}
