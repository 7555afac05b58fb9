package io.sluice.loader.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The file list of one COPY in Redshift's own format: every file mandatory, none twice, for COPY
 * would load it twice. See "Using a manifest to specify data files" in the Amazon Redshift Database
 * Developer Guide.
 *
 * @param sizes the files' addresses with their sizes, in order
 */
public record CopyManifest(Map<String, Long> sizes) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public CopyManifest {
    sizes = new LinkedHashMap<>(sizes);
  }

  /** The files of these batches. */
  public static CopyManifest of(Collection<SourceBatch> batches) {
    return of(batches, uri -> true);
  }

  /** Those files of these batches whose address is wanted. */
  public static CopyManifest of(Collection<SourceBatch> batches, Predicate<String> wanted) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    for (SourceBatch batch : batches) {
      batch
          .files()
          .forEach(
              file -> {
                String uri = batch.uri(file);
                if (wanted.test(uri)) {
                  sizes.putIfAbsent(uri, file.bytes());
                }
              });
    }
    return new CopyManifest(sizes);
  }

  /** The document. */
  public String json() {
    ObjectNode document = MAPPER.createObjectNode();
    var entries = document.putArray("entries");
    sizes.forEach(
        (url, size) -> {
          ObjectNode entry = entries.addObject().put("url", url).put("mandatory", true);
          entry.putObject("meta").put("content_length", size);
        });
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
