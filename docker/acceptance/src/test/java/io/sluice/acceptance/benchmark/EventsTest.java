package io.sluice.acceptance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final int SAMPLE = 20_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Events events = Events.of(7);

  @Test
  void theSameSeedAndNumberGiveTheSameBytes() {
    assertThat(Events.of(7).json(12_345)).isEqualTo(events.json(12_345));
    assertThat(Events.of(8).json(12_345)).isNotEqualTo(events.json(12_345));
    assertThat(events.json(12_346)).isNotEqualTo(events.json(12_345));
  }

  @Test
  void everyEventIsFlatJsonWithAllColumnsInTheirOrder() throws IOException {
    List<String> columns = Arrays.stream(EventColumn.values()).map(EventColumn::label).toList();

    for (long number = 0; number < 1_000; number++) {
      JsonNode event = JSON.readTree(events.json(number));

      List<String> names = new ArrayList<>();
      event.fieldNames().forEachRemaining(names::add);
      assertThat(names).isEqualTo(columns);
      assertThat(event).allMatch(JsonNode::isValueNode);
    }
  }

  @Test
  void idsAreUniqueAndSessionsComeBack() throws IOException {
    Set<String> ids = new HashSet<>();
    Map<String, String> userOfSession = new HashMap<>();
    for (long number = 0; number < SAMPLE; number++) {
      JsonNode event = JSON.readTree(events.json(number));
      ids.add(event.path("event_id").asText());
      String user = event.path("user_id").asText();
      assertThat(userOfSession.merge(event.path("session_id").asText(), user, (a, b) -> a))
          .isEqualTo(user);
    }

    assertThat(ids).hasSize(SAMPLE);
    assertThat(userOfSession.size()).isBetween(SAMPLE / 5, SAMPLE / 3);
  }

  @Test
  void valuesAreSkewedAndSomeAreMissing() throws IOException {
    Map<String, Integer> types = new HashMap<>();
    int withoutAmount = 0;
    for (long number = 0; number < SAMPLE; number++) {
      JsonNode event = JSON.readTree(events.json(number));
      types.merge(event.path("event_type").asText(), 1, Integer::sum);
      withoutAmount += event.path("amount").isNull() ? 1 : 0;
    }

    assertThat(types).hasSize(8);
    assertThat(types.get("page_view")).isGreaterThan(10 * types.get("error"));
    assertThat(withoutAmount / (double) SAMPLE).isCloseTo(0.6, within(0.02));
  }

  /** The size and the ratios that the goals were measured with, within a few per cent. */
  @Test
  void theyAreAsLongAndAsCompressibleAsTheGoalsTakeThem() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (long number = 0; number < SAMPLE; number++) {
      all.writeBytes(events.json(number));
      all.write('\n');
    }
    byte[] lines = all.toByteArray();

    assertThat(lines.length / (double) SAMPLE - 1).isCloseTo(531, within(8.0));
    assertThat(lines.length / (double) Zstd.compress(lines, 1).length)
        .isCloseTo(4.38, within(0.25));
    assertThat(lines.length / (double) gzip(lines)).isCloseTo(3.89, within(0.2));
  }

  @Test
  void theyCanBeMadeLonger() {
    Events long1K = Events.of(7, 1024);

    assertThat(LongStream.range(0, 1_000).map(n -> long1K.json(n).length).average().orElseThrow())
        .isCloseTo(1024, within(16.0));
  }

  private static int gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write(bytes);
    }
    return body.size();
  }
}
