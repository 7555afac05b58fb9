package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.wire.MessageReader;
import io.sluice.stack.redshift.wire.MessageWriter;
import io.sluice.stack.redshift.wire.ProtocolException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One end of a session: a socket, plain or encrypted, with its reader and its writer. */
final class Peer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Peer.class);

  /** The socket below, which can be closed whatever the layer above it waits for. */
  private final Socket carrier;

  private final Socket socket;
  private final MessageReader reader;
  private final MessageWriter writer;

  Peer(Socket socket) throws IOException {
    this(socket, socket);
  }

  private Peer(Socket carrier, Socket socket) throws IOException {
    this.carrier = carrier;
    this.socket = socket;
    carrier.setTcpNoDelay(true);
    this.reader = new MessageReader(socket.getInputStream());
    this.writer = new MessageWriter(socket.getOutputStream());
  }

  /**
   * Grants a request for TLS: the same peer behind the handshake, in which this is the server. This
   * peer must not be used any more.
   *
   * @throws ProtocolException if the peer has sent more than its request: what came in the clear
   *     must never be taken for something encrypted
   */
  Peer encrypted(SSLContext context) throws IOException {
    if (reader.hasBuffered()) {
      throw new ProtocolException("a client went on in the clear after it had asked for TLS");
    }
    // From here on whatever comes belongs to the handshake.
    writer.writeByte('S');
    writer.flush();
    SSLSocket layered = (SSLSocket) context.getSocketFactory().createSocket(carrier, null, true);
    layered.startHandshake();
    return new Peer(carrier, layered);
  }

  boolean isEncrypted() {
    return socket != carrier;
  }

  MessageReader reader() {
    return reader;
  }

  MessageWriter writer() {
    return writer;
  }

  /** From now on a read that waits longer fails; zero waits for ever. */
  void limitReads(Duration longest) throws IOException {
    socket.setSoTimeout((int) longest.toMillis());
  }

  /**
   * Whether the peer has closed its end or is gone. What it has sent before stays to be read. For
   * the reading thread only.
   */
  boolean hasEnded() {
    try {
      socket.setSoTimeout(1);
      boolean ended = reader.hasEnded();
      socket.setSoTimeout(0);
      return ended;
    } catch (IOException e) {
      log.debug("{} broke off", socket, e);
      return true;
    }
  }

  /** Closes the connection in mid-sentence; whoever reads from it or writes to it fails. */
  void breakOff() {
    close(carrier);
  }

  /** Takes leave as TLS demands if it is encrypted, and closes the connection. */
  @Override
  public void close() {
    close(socket);
    breakOff();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("closing {} failed", socket, e);
    }
  }
}
