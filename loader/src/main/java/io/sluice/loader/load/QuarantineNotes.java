package io.sluice.loader.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.warehouse.BadFile.Extent;
import io.sluice.loader.warehouse.LoadError;
import io.sluice.loader.warehouse.QuarantineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes beside files in quarantine, for whoever looks into the bucket. They are written after the
 * commit, so that none tells of what did not happen; one that is missing says nothing, for the
 * ledger is what counts.
 */
public final class QuarantineNotes {
  private static final Logger log = LoggerFactory.getLogger(QuarantineNotes.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Keeps a note readable, and far below a megabyte or two. */
  private static final int MOST_ROWS_TOLD = 1000;

  private final BatchFolders folders;

  /** Notes in these folders. */
  public QuarantineNotes(BatchFolders folders) {
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

  /** Takes the note away of a file that is loaded. */
  void remove(QuarantineEntry file) {
    try {
      folders.removeNote(file.batch().folder(), file.file());
    } catch (ObjectStoreException e) {
      log.warn("the note beside {} is outdated: {}", file.uri(), e.getMessage());
    }
  }

  /** Adds to the note that somebody has given the file up. */
  public void discarded(QuarantineEntry file) {
    try {
      Optional<byte[]> known = folders.note(file.batch().folder(), file.file());
      if (known.isPresent() && MAPPER.readTree(known.get()) instanceof ObjectNode note) {
        note.put("state", file.state().text()).put("decision", file.error().reason());
        folders.note(file.batch().folder(), file.file(), bytes(note));
      }
    } catch (ObjectStoreException | IOException e) {
      log.warn("the note beside {} is outdated: {}", file.uri(), e.getMessage());
    }
  }

  /** The numbers of the lines that were left out of a file, as far as a note tells them. */
  public List<Long> linesLeftOut(QuarantineEntry file) {
    try {
      Optional<byte[]> note = folders.note(file.batch().folder(), file.file());
      List<Long> lines = new ArrayList<>();
      if (note.isPresent()) {
        MAPPER
            .readTree(note.get())
            .path("rows-left-out")
            .forEach(row -> lines.add(row.path("line").asLong()));
      }
      return lines;
    } catch (ObjectStoreException | IOException e) {
      log.warn("the note beside {} cannot be read: {}", file.uri(), e.getMessage());
      return List.of();
    }
  }

  private static byte[] bytes(ObjectNode note) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
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
    return bytes(note);
  }

  private static void tell(ObjectNode note, LoadError error) {
    note.put("line", error.line())
        .put("column", error.column())
        .put("value", error.value())
        .put("reason", error.reason())
        .put("code", error.code());
  }
}
