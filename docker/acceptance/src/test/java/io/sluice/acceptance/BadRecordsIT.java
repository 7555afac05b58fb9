package io.sluice.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.model.S3Object;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Acceptance (d): bad records among good ones are set aside with their reasons, and the good ones
 * load.
 */
class BadRecordsIT extends PipelineTest {
  private static final int GOOD = 200;

  private static final Map<String, String> BAD =
      Map.of(
          "{\"type\":\"Feature\",", "not-json",
          "plain text", "not-json",
          "{\"properties\":{\"time\":1517363399650}}", "missing",
          "{\"id\":\"bad1\",\"properties\":{\"time\":\"soon\"}}", "wrong-type",
          "{\"id\":\"bad2\",\"properties\":{\"time\":1,\"tz\":40000}}", "out-of-range",
          "{\"id\":\"bad3\",\"properties\":{\"time\":1,\"net\":\"too long for it\"}}", "too-long");

  @Override
  int shards() {
    return 2;
  }

  @Test
  void goodRowsLoadAndBadRecordsAreKeptWithTheirReasons() throws Exception {
    List<String> records =
        Earthquakes.generated(GOOD, 5).collect(Collectors.toCollection(ArrayList::new));
    int place = 0;
    for (String bad : BAD.keySet()) {
      records.add(place += 17, bad);
    }
    pipeline.startWriter();
    pipeline.initLoader();
    pipeline.startLoader();

    pipeline.resources().producer().put(records.stream());

    awaitWhileRunning(
        "all good records in the table",
        () -> stages.loaded().rows() >= GOOD,
        pipeline.writer(),
        pipeline.loader());
    awaitWhileRunning(
        "all bad records set aside",
        () -> stages.landed().rejected() >= BAD.size(),
        pipeline.writer());
    new Proof(pipeline).everyRecordOnce(GOOD, BAD.size());
    assertThat(rejects()).isEqualTo(BAD);
    assertThat(reasonsInManifests())
        .isEqualTo(
            BAD.values().stream().collect(Collectors.groupingBy(r -> r, Collectors.counting())));
  }

  /** The refused data and the reason, from the files that the manifests name. */
  private Map<String, String> rejects() throws IOException {
    Map<String, String> rejects = new HashMap<>();
    for (Manifest manifest : manifests()) {
      for (DataFile file : manifest.rejects().files()) {
        for (String line : lines(file)) {
          JsonNode reject = new ObjectMapper().readTree(line);
          assertThat(reject.path("detail").textValue()).isNotBlank();
          rejects.put(reject.path("data").textValue(), reject.path("reason").textValue());
        }
      }
    }
    return rejects;
  }

  private Map<String, Long> reasonsInManifests() {
    Map<String, Long> reasons = new HashMap<>();
    manifests()
        .forEach(
            manifest ->
                manifest.rejects().reasons().forEach((r, n) -> reasons.merge(r, n, Long::sum)));
    return reasons;
  }

  private List<Manifest> manifests() {
    ManifestLog manifests = pipeline.resources().manifests();
    List<Manifest> all = new ArrayList<>();
    for (long number = 1; number <= manifests.lastNumber(); number++) {
      all.add(manifests.read(number).orElseThrow());
    }
    return all;
  }

  private List<String> lines(DataFile file) throws IOException {
    String key = pipeline.resources().batchFolder().key(file.key());
    try (S3Object object =
            pipeline.clients().s3().getObject(pipeline.resources().batchFolder().bucket(), key);
        ZstdInputStream content = new ZstdInputStream(object.getObjectContent())) {
      return new String(content.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
