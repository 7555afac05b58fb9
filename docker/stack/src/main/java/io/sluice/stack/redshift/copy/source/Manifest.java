package io.sluice.stack.redshift.copy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.S3Url;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file list of a COPY with MANIFEST, entries in order and repeated ones kept: an entry listed
 * twice loads twice. Source: "Using a manifest to specify data files" of the Redshift Database
 * Developer Guide.
 */
public record Manifest(List<Entry> entries) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One file; a missing one fails the load only if it is mandatory. The content length is what the
   * entry's meta says, which only columnar formats ask for.
   */
  public record Entry(S3Url url, boolean mandatory, OptionalLong contentLength) {}

  public Manifest {
    entries = List.copyOf(entries);
  }

  /** Reads the JSON of the manifest at {@code url}. */
  public static Manifest parse(byte[] json, S3Url url) throws CopyFailure {
    JsonNode listed;
    try {
      listed = JSON.readTree(json).path("entries");
    } catch (IOException e) {
      throw malformed(url);
    }
    if (!listed.isArray()) {
      throw malformed(url);
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : listed) {
      Optional<S3Url> file = S3Url.parse(entry.path("url").asText(""));
      if (file.isEmpty() || file.get().key().isEmpty()) {
        throw malformed(url);
      }
      JsonNode length = entry.path("meta").path("content_length");
      entries.add(
          new Entry(
              file.get(),
              entry.path("mandatory").asBoolean(false),
              length.canConvertToLong()
                  ? OptionalLong.of(length.longValue())
                  : OptionalLong.empty()));
    }
    return new Manifest(entries);
  }

  private static CopyFailure malformed(S3Url url) {
    return CopyFailure.internal(
        8001, "Manifest file is not in correct json format", "Reading manifest " + url);
  }
}
