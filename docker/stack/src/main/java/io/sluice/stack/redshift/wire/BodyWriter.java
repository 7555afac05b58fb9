package io.sluice.stack.redshift.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a message's body, field by field, in network byte order. */
public final class BodyWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Appends a string and its terminating zero. */
  public BodyWriter cstring(String value) {
    out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    return this;
  }

  /** Appends two bytes. */
  public BodyWriter int16(int value) {
    out.write(value >>> 8);
    out.write(value);
    return this;
  }

  /** Appends four bytes. */
  public BodyWriter int32(int value) {
    int16(value >>> 16);
    return int16(value);
  }

  /** Appends the bytes as they are. */
  public BodyWriter bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** The body so far. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  /** The body so far as a message of this type. */
  public Message message(char type) {
    return new Message(type, toBytes());
  }
}
