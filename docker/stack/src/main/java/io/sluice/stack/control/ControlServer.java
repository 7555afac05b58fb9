package io.sluice.stack.control;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.io.IOException;

/** The HTTP server that takes orders for faults. */
public final class ControlServer {
  private ControlServer() {}

  /**
   * Starts the server.
   *
   * @param address where to listen
   * @throws IOException if the port cannot be listened on
   */
  public static HttpServer start(Address address, Faults faults) throws IOException {
    return HttpServer.start("control", address, new ControlHandler(faults));
  }
}
