package io.sluice.stack.control;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.LoopbackServer;
import java.io.IOException;

/** The HTTP server that takes orders for faults. */
public final class ControlServer {
  private ControlServer() {}

  /**
   * Starts the server.
   *
   * @param port the port to listen on; 0 takes a free one
   * @throws IOException if the port cannot be listened on
   */
  public static LoopbackServer start(int port, Faults faults) throws IOException {
    return LoopbackServer.start("control", port, new ControlHandler(faults));
  }
}
