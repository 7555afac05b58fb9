package io.sluice.loader.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes beside files in quarantine, for whoever looks into the bucket. They are written after the
 * commit, so that none tells of what did not happen; one that is missing says nothing, for the
 * ledger is what counts.
 */
final class QuarantineNotes {
  private static final Logger log = LoggerFactory.getLogger(QuarantineNotes.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BatchFolders folders;

  QuarantineNotes(BatchFolders folders) {
    this.folders = folders;
  }

  void write(LoadOutcome outcome) {
    for (QuarantinedFile file : outcome.quarantined()) {
      try {
        folders.note(file.batch().folder(), file.file().key(), json(outcome, file));
      } catch (ObjectStoreException e) {
        log.warn("no note beside {}, the ledger has it: {}", file.file().key(), e.getMessage());
      }
    }
  }

  private static byte[] json(LoadOutcome outcome, QuarantinedFile file) {
    ObjectNode note =
        MAPPER
            .createObjectNode()
            .put("file", file.batch().folder().uri(file.file().key()))
            .put("table", file.batch().table().toString())
            .put("manifest", file.batch().manifest())
            .put("rows", file.file().rows())
            .put("bytes", file.file().bytes())
            .put("reason", file.error().reason())
            .put("code", file.error().code())
            .put("line", file.error().line())
            .put("column", file.error().column())
            .put("value", file.error().value())
            .put("load", outcome.loadId())
            .put("at", outcome.committedAt().toString());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
