package io.sluice.stack.redshift.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A cursor over a message's body. Running past the end is a {@link ProtocolException}. */
public final class BodyReader {
  private final byte[] body;
  private int position;

  BodyReader(byte[] body) {
    this.body = body;
  }

  /** The next byte. */
  public byte int8() {
    need(1);
    return body[position++];
  }

  /** The next two bytes, unsigned. */
  public int int16() {
    need(2);
    int value = ByteBuffer.wrap(body, position, 2).getShort() & 0xFFFF;
    position += 2;
    return value;
  }

  /** The next four bytes. */
  public int int32() {
    need(4);
    int value = ByteBuffer.wrap(body, position, 4).getInt();
    position += 4;
    return value;
  }

  /** The next zero-terminated string. */
  public String cstring() {
    int end = position;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    if (end == body.length) {
      throw new ProtocolException("a string in a message has no end");
    }
    String value = new String(body, position, end - position, StandardCharsets.UTF_8);
    position = end + 1;
    return value;
  }

  /** The next {@code length} bytes as text. */
  public String text(int length) {
    need(length);
    String value = new String(body, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  /** Everything that is left. */
  public byte[] rest() {
    byte[] rest = Arrays.copyOfRange(body, position, body.length);
    position = body.length;
    return rest;
  }

  /** Whether anything is left. */
  public boolean hasMore() {
    return position < body.length;
  }

  private void need(int count) {
    if (count < 0 || body.length - position < count) {
      throw new ProtocolException("a message ends before its fields do");
    }
  }
}
