package io.sluice.stack.redshift.wire;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes framed messages to one peer. Safe for several threads: messages never mix. */
public final class MessageWriter {
  private final DataOutputStream out;

  /** Writes to {@code stream}, with a buffer of its own. */
  public MessageWriter(OutputStream stream) {
    this.out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
  }

  /** Buffers one message. */
  public synchronized void write(Message message) throws IOException {
    write(message.type(), message.body(), message.body().length);
  }

  /** Buffers one message of the first {@code length} bytes of {@code body}. */
  public synchronized void write(char type, byte[] body, int length) throws IOException {
    out.writeByte(type);
    out.writeInt(length + 4);
    out.write(body, 0, length);
  }

  /** Buffers a packet without a type byte, as a client begins. */
  public synchronized void writeStartup(byte[] body) throws IOException {
    out.writeInt(body.length + 4);
    out.write(body);
  }

  /** Buffers a lone byte: the answer to a request for encryption. */
  public synchronized void writeByte(char value) throws IOException {
    out.writeByte(value);
  }

  /** Sends what is buffered. */
  public synchronized void flush() throws IOException {
    out.flush();
  }
}
