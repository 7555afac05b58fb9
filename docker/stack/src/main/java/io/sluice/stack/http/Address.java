package io.sluice.stack.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host an address of this machine; 0.0.0.0 stands for all of them
 * @param port 0 stands for a free one
 */
public record Address(String host, int port) {
  /** The host that only this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Checks that nothing is missing. */
  public Address {
    requireNonNull(host, "host");
  }

  /** A port that only this machine reaches. */
  public static Address loopback(int port) {
    return new Address(LOOPBACK, port);
  }

  /**
   * What a server socket is bound to.
   *
   * @throws UnknownHostException if this machine does not know the host
   */
  public InetSocketAddress socketAddress() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }
}
