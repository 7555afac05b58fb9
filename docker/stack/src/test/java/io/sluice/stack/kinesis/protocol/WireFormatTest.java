package io.sluice.stack.kinesis.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
  private static final Instant TIME = Instant.parse("2026-11-22T05:12:30.250Z");

  record Message(Instant time, ByteBuffer data, String absent) {}

  @Test
  void jsonHasSecondsBase64AndNoNulls() {
    byte[] json = WireFormat.JSON.write(new Message(TIME, bytes("quake"), null));

    assertThat(new String(json, UTF_8))
        .isEqualTo("{\"time\":1795324350.250,\"data\":\"cXVha2U=\"}");
  }

  @Test
  void cborHasTaggedMillisecondsAndRawBytes() throws Exception {
    byte[] cbor = WireFormat.CBOR.write(new Message(TIME, bytes("quake"), null));

    try (CBORParser in = (CBORParser) new CBORMapper().createParser(cbor)) {
      in.nextToken();
      assertThat(in.nextFieldName()).isEqualTo("time");
      in.nextToken();
      assertThat(in.getCurrentTag()).isEqualTo(1);
      assertThat(in.getLongValue()).isEqualTo(TIME.toEpochMilli());
      assertThat(in.nextFieldName()).isEqualTo("data");
      in.nextToken();
      assertThat(in.getBinaryValue()).isEqualTo("quake".getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(WireFormat format) throws Exception {
    Message message = new Message(TIME, bytes("quake"), "here");

    assertThat(read(format, format.write(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795324350.250", "1795324350250", "1.79532435025E9"})
  void takesJsonTimesInSecondsAndInMilliseconds(String number) throws Exception {
    byte[] json = "{\"time\":%s,\"unknown\":{}}".formatted(number).getBytes(UTF_8);

    assertThat(read(WireFormat.JSON, json).time()).isEqualTo(TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "{\"time\":\"noon\"}", "[]"})
  void refusesWhatIsNoMessage(String text) {
    assertThatThrownBy(() -> read(WireFormat.JSON, text.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SERIALIZATION));
  }

  private static Message read(WireFormat format, byte[] bytes) throws IOException {
    return format.read(new ByteArrayInputStream(bytes), Message.class);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
