package io.sluice.loader.health;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.newsclub.net.unix.AFSocket;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * The socket that a supervisor reads notifications from: a unix datagram socket, which the JDK does
 * not have; see "sd_notify(3)". It is opened for each message, for the supervisor may be renewed in
 * between.
 */
final class NotifySocket {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final String address;

  /** A path, or an abstract name behind an {@code @}. */
  NotifySocket(String address) {
    this.address = address;
  }

  /** Sends one message; a supervisor that does not read is not waited for longer than a second. */
  void send(String message) throws IOException {
    if (!AFSocket.isSupported()) {
      throw new IOException(
          "the library for unix sockets cannot be loaded on "
              + System.getProperty("os.arch")
              + "; it is unpacked into "
              + System.getProperty("java.io.tmpdir")
              + ", which must not be mounted noexec (-Djava.io.tmpdir=... names another folder)");
    }
    try (AFUNIXDatagramChannel channel = AFUNIXDatagramChannel.open()) {
      channel.connect(target());
      channel.configureBlocking(false);
      write(channel, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static void write(AFUNIXDatagramChannel channel, ByteBuffer message) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (channel.write(message) == 0) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("the supervisor does not read what it is told");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private AFUNIXSocketAddress target() throws SocketException {
    return address.startsWith("@")
        ? AFUNIXSocketAddress.inAbstractNamespace(address.substring(1))
        : AFUNIXSocketAddress.of(Path.of(address));
  }
}
