package io.sluice.stack.redshift.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
  @Test
  void readsWhatAWriterHasWritten() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessageWriter writer = new MessageWriter(bytes);
    writer.write(Message.query("select 'é'"));
    writer.write(Message.bind("p", "s", "a", null));
    writer.flush();

    MessageReader reader = reader(bytes.toByteArray());
    Message query = reader.next();
    assertThat(query.type()).isEqualTo('Q');
    assertThat(query.read().cstring()).isEqualTo("select 'é'");
    BodyReader bind = reader.next().read();
    assertThat(bind.cstring()).isEqualTo("p");
    assertThat(bind.cstring()).isEqualTo("s");
    assertThat(bind.int16()).isZero();
    assertThat(bind.int16()).isEqualTo(2);
    assertThat(bind.text(bind.int32())).isEqualTo("a");
    assertThat(bind.int32()).isEqualTo(-1);
    assertThat(bind.rest()).containsExactly(0, 0);
    assertThat(bind.hasMore()).isFalse();
    assertThat(reader.next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, (256 << 20) + 5, Integer.MAX_VALUE})
  void refusesALengthThatNoMessageHas(int length) {
    assertThatThrownBy(() -> reader(new BodyWriter().bytes(new byte[] {'Q'}).int32(length)).next())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a message claims a body of " + (length - 4) + " bytes");
  }

  @Test
  void refusesALargeGreeting() {
    assertThatThrownBy(() -> reader(new BodyWriter().int32(10_005)).startup())
        .hasMessage("a message claims a body of 10001 bytes");
    assertThatThrownBy(
            () -> reader(new BodyWriter().bytes(new byte[] {'p'}).int32(10_005)).greeting())
        .hasMessage("a message claims a body of 10001 bytes");
  }

  @Test
  void tellsAHalfMessageFromACleanEnd() throws IOException {
    assertThat(reader(new BodyWriter()).next()).isNull();
    assertThat(reader(new BodyWriter()).startup()).isNull();
    assertThatThrownBy(
            () -> reader(new BodyWriter().bytes(new byte[] {'Q'}).int32(200 << 20)).next())
        .isInstanceOf(EOFException.class)
        .hasMessage("a message of 209715196 bytes ends after 0");
    assertThatThrownBy(() -> reader(new byte[] {'Q', 0}).next()).isInstanceOf(EOFException.class);
  }

  @Test
  void refusesABodyThatEndsBeforeItsFields() {
    BodyReader body = new Message('B', new byte[] {'a', 'b'}).read();

    assertThatThrownBy(body::cstring)
        .isInstanceOf(ProtocolException.class)
        .hasMessage("a string in a message has no end");
    assertThatThrownBy(body::int32).hasMessage("a message ends before its fields do");
    assertThatThrownBy(() -> body.text(-2)).hasMessage("a message ends before its fields do");
    assertThatThrownBy(() -> body.text(Integer.MAX_VALUE))
        .hasMessage("a message ends before its fields do");
    assertThat(body.int16()).isEqualTo('a' << 8 | 'b');
    assertThatThrownBy(body::int8).hasMessage("a message ends before its fields do");
  }

  private static MessageReader reader(BodyWriter bytes) {
    return reader(bytes.toBytes());
  }

  private static MessageReader reader(byte[] bytes) {
    return new MessageReader(new ByteArrayInputStream(bytes));
  }
}
