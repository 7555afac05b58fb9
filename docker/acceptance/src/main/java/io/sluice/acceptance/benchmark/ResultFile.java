package io.sluice.acceptance.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run has found, as JSON: where and with what it ran comes first. */
public final class ResultFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, Object> content = new LinkedHashMap<>();

  /** Results of the benchmark of this name, made at this time on this machine. */
  public ResultFile(String benchmark, Instant at, Host host) {
    content.put("benchmark", benchmark);
    content.put("at", at.toString());
    content.put("host", host);
  }

  /** Adds a part: records, maps and lists of them, numbers and texts. */
  public ResultFile with(String name, Object part) {
    content.put(name, part);
    return this;
  }

  /** Writes the file, its folder too. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writeValue(file.toFile(), content);
  }
}
