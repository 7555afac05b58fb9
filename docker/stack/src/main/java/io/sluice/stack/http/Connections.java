package io.sluice.stack.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;

/** Breaks connections off. */
public final class Connections {
  private Connections() {}

  /**
   * Resets the caller's connection: it sees no orderly end.
   *
   * @return what to fail the call with, so that nothing more is written
   */
  public static IOException reset(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    // Jetty does not log this kind: it is what was asked for.
    EofException reset = new EofException("the connection was reset, as ordered");
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      try {
        // Closing then sends RST in place of FIN.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        reset.addSuppressed(e);
      }
    }
    endPoint.close(reset);
    return reset;
  }
}
