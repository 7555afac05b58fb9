package io.sluice.acceptance.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Checks that every record is once in the data files or once among the rejects, by its content, and
 * that nothing else is there.
 */
final class RecordCheck {
  private static final JsonMapper JSON = new JsonMapper();

  private final Expectation expected;
  private final BatchFiles files;
  private final Differences differences;
  private final BitSet seen = new BitSet();
  private final Map<String, Long> reasons = new TreeMap<>();

  RecordCheck(Expectation expected, BatchFiles files, Differences differences) {
    this.expected = expected;
    this.files = files;
    this.differences = differences;
  }

  void check(FolderView folder) {
    Map<String, Long> promised = new TreeMap<>();
    for (Manifest manifest : folder.manifests()) {
      manifest.batches().forEach(this::checkBatch);
      manifest.rejects().files().forEach(this::checkRejects);
      manifest.rejects().reasons().forEach((reason, n) -> promised.merge(reason, n, Long::sum));
    }
    differences.unlessEqual("reasons in the manifests", promised, reasons);
    for (int id = seen.nextClearBit(0); id < expected.records(); id = seen.nextClearBit(id + 1)) {
      differences.add("lost record", "id %d".formatted(id));
    }
  }

  private void checkBatch(Batch batch) {
    for (DataFile file : batch.files()) {
      for (Map<String, Optional<String>> row : files.rows(file, batch.format(), batch.columns())) {
        OptionalLong id = expected.idOfRow(row);
        if (id.isEmpty()) {
          differences.add("foreign row", "%s in %s".formatted(row, file.key()));
          continue;
        }
        see(id.getAsLong(), file);
        if (expected.rejectReason(id.getAsLong()).isPresent()
            || !expected.isRowOf(id.getAsLong(), row)) {
          differences.add("wrong row", "%s in %s".formatted(row, file.key()));
        }
      }
    }
  }

  private void checkRejects(DataFile file) {
    for (String line : files.rejects(file)) {
      JsonNode reject = json(line);
      String reason = reject.path("reason").asText();
      reasons.merge(reason, 1L, Long::sum);
      OptionalLong id = expected.idOfReject(reject.path("data").asText());
      if (id.isEmpty()) {
        differences.add("foreign reject", "%s in %s".formatted(line, file.key()));
        continue;
      }
      see(id.getAsLong(), file);
      if (!expected.rejectReason(id.getAsLong()).equals(Optional.of(reason))) {
        differences.add("wrong reject", "%s in %s".formatted(line, file.key()));
      }
    }
  }

  private void see(long id, DataFile file) {
    if (id < 0 || id >= expected.records()) {
      differences.add("foreign id", "%d in %s".formatted(id, file.key()));
      return;
    }
    if (seen.get((int) id)) {
      differences.add("double record", "id %d, once more in %s".formatted(id, file.key()));
    }
    seen.set((int) id);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
