package io.sluice.acceptance.proof;

import static java.util.stream.Collectors.toSet;

import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that what no manifest names was left behind by runs of this folder's own log: by killed
 * and fenced ones, and by tasks that were tried again or run twice.
 */
final class OrphanCheck {
  private static final Pattern LANDED =
      Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z/[^/]+/part-[0-9]+-([0-9a-z]+)-.*");

  private final Differences differences;

  OrphanCheck(Differences differences) {
    this.differences = differences;
  }

  /** The files that no manifest names. */
  Set<String> check(FolderView folder) {
    Set<String> left = new TreeSet<>(folder.keys());
    left.removeIf(key -> key.startsWith("_manifests/") || key.startsWith("_copy/"));
    folder
        .named()
        .map(DataFile::key)
        .forEach(
            key -> {
              if (!left.remove(key)) {
                differences.add("file that is missing or named twice", key);
              }
            });
    Set<String> attempts =
        folder.manifests().stream()
            .filter(manifest -> manifest.kind() == Manifest.Kind.TAKEOVER)
            .map(manifest -> manifest.writer().attempt())
            .collect(toSet());
    for (String key : left) {
      Matcher landed = LANDED.matcher(key);
      if (!landed.matches() || !attempts.contains(landed.group(1))) {
        differences.add("foreign object", key);
      }
    }
    return left;
  }
}
