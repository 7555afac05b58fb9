package io.sluice.loader.health;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * The socket that a supervisor reads notifications from: a unix datagram socket, which the JDK does
 * not have; see "sd_notify(3)". It is opened for each message, for the supervisor may be renewed in
 * between.
 */
final class NotifySocket {
  private final String address;

  /** A path, or an abstract name behind an {@code @}. */
  NotifySocket(String address) {
    this.address = address;
  }

  /** Sends one message. */
  void send(String message) throws IOException {
    if (!AFSocket.isSupported()) {
      throw new IOException(
          "the library for unix sockets cannot be loaded on "
              + System.getProperty("os.arch")
              + "; it is unpacked into "
              + System.getProperty("java.io.tmpdir")
              + ", which must not be mounted noexec (-Djava.io.tmpdir=... names another folder)");
    }
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
      socket.connect(target());
      socket.send(new DatagramPacket(bytes, bytes.length));
    }
  }

  private AFUNIXSocketAddress target() throws SocketException {
    return address.startsWith("@")
        ? AFUNIXSocketAddress.inAbstractNamespace(address.substring(1))
        : AFUNIXSocketAddress.of(Path.of(address));
  }
}
