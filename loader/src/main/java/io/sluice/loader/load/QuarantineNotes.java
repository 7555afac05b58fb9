package io.sluice.loader.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.LoadError;
import java.io.UncheckedIOException;
import java.util.Locale;
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

  /** Keeps a note readable, and far below a megabyte or two. */
  private static final int MOST_ROWS_TOLD = 1000;

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
    ObjectNode note = MAPPER.createObjectNode();
    note.put("file", file.batch().folder().uri(file.file().key()))
        .put("table", file.batch().table().toString())
        .put("manifest", file.batch().manifest())
        .put("extent", file.extent().name().toLowerCase(Locale.ROOT))
        .put("rows", file.rowCount())
        .put("bytes", file.file().bytes())
        .put("load", outcome.loadId())
        .put("at", outcome.committedAt().toString());
    tell(note, file.error());
    if (file.extent() == Extent.ROWS) {
      ArrayNode rows = note.putArray("rows-left-out");
      file.errors().stream().limit(MOST_ROWS_TOLD).forEach(error -> tell(rows.addObject(), error));
    }
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tell(ObjectNode note, LoadError error) {
    note.put("line", error.line())
        .put("column", error.column())
        .put("value", error.value())
        .put("reason", error.reason())
        .put("code", error.code());
  }
}
