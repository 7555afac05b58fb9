package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.wire.MessageReader;
import io.sluice.stack.redshift.wire.MessageWriter;
import java.io.IOException;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One end of a session: a socket with its reader and its writer. */
final class Peer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Peer.class);

  private final Socket socket;
  private final MessageReader reader;
  private final MessageWriter writer;

  Peer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.reader = new MessageReader(socket.getInputStream());
    this.writer = new MessageWriter(socket.getOutputStream());
  }

  MessageReader reader() {
    return reader;
  }

  MessageWriter writer() {
    return writer;
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

  /** Closes the socket; whoever reads from it or writes to it fails. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("closing {} failed", socket, e);
    }
  }
}
