package io.sluice.stack.control;

import io.sluice.stack.fault.Faults;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/** The HTTP server that takes orders for faults and tells how many requests there were. */
public final class ControlServer {
  private ControlServer() {}

  /**
   * Starts the server.
   *
   * @param address where to listen
   * @param s3Requests how many requests S3 has answered, by operation
   * @throws IOException if the port cannot be listened on
   */
  public static HttpServer start(
      Address address, Faults faults, Supplier<Map<String, Long>> s3Requests) throws IOException {
    return HttpServer.start("control", address, new ControlHandler(faults, s3Requests));
  }
}
