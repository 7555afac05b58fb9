package io.sluice.loader.load;

import io.sluice.common.manifest.DataFile;
import io.sluice.loader.store.SourceBatch;
import io.sluice.loader.warehouse.LoadError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of a load that cannot be loaded, each with its reason. */
final class BadFiles {
  /** The longest file name in {@code stl_load_errors}. */
  private static final int LONGEST_NAME = 256;

  private final Map<String, LoadError> byUri = new LinkedHashMap<>();
  private final Set<String> givenUp = new HashSet<>();

  boolean contains(String uri) {
    return byUri.containsKey(uri);
  }

  /** Those of a batch. */
  List<QuarantinedFile> of(SourceBatch batch) {
    return batch.files().stream()
        .filter(file -> contains(batch.uri(file)))
        .map(file -> aside(batch, file))
        .toList();
  }

  private QuarantinedFile aside(SourceBatch batch, DataFile file) {
    String uri = batch.uri(file);
    LoadError error = byUri.get(uri);
    return givenUp.contains(uri)
        ? QuarantinedFile.givenUp(batch.id(), file, error)
        : QuarantinedFile.whole(batch.id(), file, error);
  }

  void add(String uri, LoadError error) {
    byUri.put(uri, error);
  }

  /** A file that somebody has given up for this reason: it stays so. */
  void giveUp(String uri, String reason) {
    byUri.put(uri, LoadError.of(reason));
    givenUp.add(uri);
  }

  /** The files that are left of these batches. */
  List<String> left(Collection<SourceBatch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.files().stream().map(batch::uri))
        .filter(uri -> !contains(uri))
        .toList();
  }

  /**
   * The files of these batches from which a COPY left rows out. An error that names none of them is
   * dropped, and the count will show that.
   */
  static List<QuarantinedFile> leftOut(List<SourceBatch> batches, List<LoadError> errors) {
    List<String> uris =
        batches.stream().flatMap(batch -> batch.files().stream().map(batch::uri)).toList();
    Map<String, List<LoadError>> byFile = new HashMap<>();
    for (LoadError error : errors) {
      named(error, uris)
          .ifPresent(uri -> byFile.computeIfAbsent(uri, u -> new ArrayList<>()).add(error));
    }
    return batches.stream()
        .flatMap(
            batch ->
                batch.files().stream()
                    .filter(file -> byFile.containsKey(batch.uri(file)))
                    .map(
                        file ->
                            QuarantinedFile.rows(batch.id(), file, byFile.get(batch.uri(file)))))
        .toList();
  }

  /** The one of these files that the warehouse means: it cuts long names. */
  static Optional<String> named(LoadError error, Collection<String> uris) {
    if (error.file().isEmpty()) {
      return Optional.empty();
    }
    if (uris.contains(error.file())) {
      return Optional.of(error.file());
    }
    List<String> candidates =
        error.file().length() < LONGEST_NAME
            ? List.of()
            : uris.stream().filter(uri -> uri.startsWith(error.file())).toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }
}
