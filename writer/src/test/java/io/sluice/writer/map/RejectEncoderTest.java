package io.sluice.writer.map;

import static io.sluice.writer.map.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.writer.map.reject.RejectException;
import io.sluice.writer.map.reject.RejectReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RejectEncoderTest {
  private final RejectException refusal = RejectException.of(RejectReason.NOT_JSON, "no JSON");

  private final RejectEncoder encoder = new RejectEncoder();

  @Test
  void keepsTheRecordWithItsReasonAndItsPlace() {
    RejectException why =
        RejectException.of(RejectReason.TOO_LONG, "4 bytes do not fit into varchar(3)")
            .at("c", "/v", "\"line\"");

    assertThat(text(encoder.line(record("{\"v\":\"line\\n\"}"), why)))
        .isEqualTo(
            "{\"reason\":\"too-long\",\"detail\":\"4 bytes do not fit into varchar(3)\",\"column\":\"c\","
                + "\"pointer\":\"/v\",\"value\":\"\\\"line\\\"\",\"stream\":\"clicks\",\"shard\":\"shardId-000000000001\","
                + "\"sequenceNumber\":\""
                + Records.SEQUENCE
                + "\",\"subSequenceNumber\":3,\"partitionKey\":\"key\",\"arrival\":\"2026-11-22T05:12:30.123456Z\","
                + "\"data\":\"{\\\"v\\\":\\\"line\\\\n\\\"}\"}");
  }

  @Test
  void keepsEveryByteOfWhatIsNotText() {
    assertThat(text(encoder.line(record(new byte[] {(byte) 0xff, 0, 1}), refusal)))
        .contains("\"dataBase64\":\"/wAB\"")
        .doesNotContain("\"data\":");
  }

  @Test
  void keepsTheLargestRecordsWhole() throws IOException {
    String largest = "x\"\u0001é".repeat((10 << 20) / 5);

    JsonNode line = json(encoder.line(record(largest), refusal));

    assertThat(line.get("data").textValue()).isEqualTo(largest);
  }

  @Test
  void readsOnlyWhatIsBetweenPositionAndLimit() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap("before{}after".getBytes(StandardCharsets.UTF_8));
    buffer.position(6).limit(8);

    assertThat(json(encoder.line(record(buffer.slice(), "key"), refusal)).get("data").textValue())
        .isEqualTo("{}");
    assertThat(
            json(encoder.line(record(buffer.asReadOnlyBuffer(), "key"), refusal))
                .get("data")
                .textValue())
        .isEqualTo("{}");
  }

  @Test
  void halvesOfCharactersInNamesAndMessagesStopNothing() throws IOException {
    RejectException why = RejectException.of(RejectReason.MAPPER_FAILED, "half \ud800");

    JsonNode line = json(encoder.line(record(ByteBuffer.wrap(new byte[0]), "\udc00"), why));

    assertThat(line.get("detail").textValue()).isEqualTo("half ?");
    assertThat(line.get("partitionKey").textValue()).isEqualTo("?");
  }

  @Test
  void keepsElementsByWhatTheySay() throws IOException {
    assertThat(json(encoder.line("text", refusal)).get("data").textValue()).isEqualTo("text");
    assertThat(json(encoder.line(new byte[] {'b'}, refusal)).get("data").textValue())
        .isEqualTo("b");
    assertThat(json(encoder.line(12, refusal)).get("data").textValue()).isEqualTo("12");
    assertThat(json(encoder.line(new Mute(), refusal)).get("data").textValue())
        .isEqualTo(
            Mute.class.getName() + ", whose toString throws java.lang.IllegalStateException");
  }

  @Test
  void cutsElementsThatAreLongerThanAnyRecord() throws IOException {
    String text = "é".repeat(RejectEncoder.MAX_ELEMENT / 2 + 1);

    JsonNode line = json(encoder.line((Object) ("x" + text), refusal));

    assertThat(line.get("data").textValue()).isEqualTo("x" + text.substring(2));
    assertThat(line.get("dataBytes").longValue()).isEqualTo(RejectEncoder.MAX_ELEMENT + 3L);
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static JsonNode json(byte[] line) throws IOException {
    assertThat(line[line.length - 1]).isEqualTo((byte) '}');
    return new JsonMapper().readTree(line);
  }

  /** Says nothing of itself. */
  private static final class Mute {
    @Override
    public String toString() {
      throw new IllegalStateException();
    }
  }
}
