package io.sluice.writer.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.Mark;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RejectEncoderTest {
  private final StringBuilder lines = new StringBuilder();

  @Test
  void keepsTheRecordWithItsReasonAndItsPlace() {
    RejectException why =
        RejectException.ofValue(RejectReason.TOO_LONG, "4 bytes do not fit into varchar(3)")
            .at("c", "/v");

    new RejectEncoder()
        .append(
            record("{\"v\":\"line\\n\"}".getBytes(StandardCharsets.UTF_8)),
            "shardId-1",
            why,
            lines);

    assertThat(lines)
        .hasToString(
            "{\"reason\":\"too-long\",\"detail\":\"4 bytes do not fit into varchar(3)\",\"column\":\"c\","
                + "\"pointer\":\"/v\",\"shard\":\"shardId-1\",\"sequenceNumber\":\"42\",\"subSequenceNumber\":3,"
                + "\"partitionKey\":\"key\",\"arrival\":\"2026-11-22T05:12:30Z\",\"data\":\"{\\\"v\\\":\\\"line\\\\n\\\"}\"}\n");
  }

  @Test
  void keepsEveryByteOfWhatIsNotText() {
    RejectException why = RejectException.ofRecord(RejectReason.NOT_JSON, "no");

    new RejectEncoder().append(record(new byte[] {(byte) 0xff, 0, 1}), "shardId-1", why, lines);

    assertThat(lines.toString()).contains("\"dataBase64\":\"/wAB\"").doesNotContain("\"data\":");
  }

  private static SourceRecord record(byte[] data) {
    return new SourceRecord(
        new Mark(BigInteger.valueOf(42), 3),
        "key",
        Instant.parse("2026-11-22T05:12:30Z"),
        ByteBuffer.wrap(data));
  }
}
