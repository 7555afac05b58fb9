package io.sluice.stack.redshift.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** Reads framed messages from one peer. Used by one thread at a time. */
public final class MessageReader {
  /** The protocol allows 1 GB; a statement on Redshift ends at 16 MB. */
  private static final int LARGEST_BODY = 256 << 20;

  /** As in PostgreSQL (MAX_STARTUP_PACKET_LENGTH). */
  private static final int LARGEST_STARTUP = 10_000;

  /** A client that waits for an answer has sent a few messages more at most. */
  private static final int LOOK_AHEAD = 1 << 14;

  private final DataInputStream in;

  /** Reads from {@code stream}, with a buffer of its own. */
  public MessageReader(InputStream stream) {
    this.in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
  }

  /** The next message, or null at a clean end of the connection. */
  public Message next() throws IOException {
    return next(LARGEST_BODY);
  }

  /** The answer of a client that has yet to prove who it is: a small message. */
  public Message greeting() throws IOException {
    return next(LARGEST_STARTUP);
  }

  private Message next(int limit) throws IOException {
    int type = in.read();
    if (type < 0) {
      return null;
    }
    return new Message((char) type, body(limit));
  }

  /** The next packet without a type byte, as a client begins; null at the end of the connection. */
  public BodyReader startup() throws IOException {
    try {
      return new BodyReader(body(LARGEST_STARTUP));
    } catch (EOFException e) {
      return null;
    }
  }

  /** Whether a read would not wait, as far as can be told. */
  public boolean hasBuffered() throws IOException {
    return in.available() > 0;
  }

  /**
   * Whether the stream is at its end behind what has come so far, which stays to be read. The
   * stream's reads must time out.
   */
  public boolean hasEnded() throws IOException {
    byte[] ahead = new byte[LOOK_AHEAD];
    in.mark(LOOK_AHEAD);
    try {
      int seen = 0;
      while (seen < LOOK_AHEAD) {
        int count = in.read(ahead, 0, LOOK_AHEAD - seen);
        if (count < 0) {
          return true;
        }
        seen += count;
      }
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      in.reset();
    }
  }

  private byte[] body(int limit) throws IOException {
    int length = in.readInt() - 4;
    if (length < 0 || length > limit) {
      throw new ProtocolException("a message claims a body of " + length + " bytes");
    }
    // Grows with what arrives: a mere claim of many bytes costs nothing.
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("a message of " + length + " bytes ends after " + body.length);
    }
    return body;
  }
}
