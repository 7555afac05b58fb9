package io.sluice.loader.health;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** systemd's end: a bound unix datagram socket. */
public final class NotifyReceiver implements AutoCloseable {
  private final AFUNIXDatagramSocket socket;
  private final List<String> messages = new ArrayList<>();

  public NotifyReceiver(AFUNIXSocketAddress address) throws IOException {
    socket = AFUNIXDatagramSocket.newInstance();
    socket.bind(address);
    socket.setSoTimeout(5);
  }

  /** All messages up to now. */
  public List<String> messages() throws IOException {
    byte[] buffer = new byte[4096];
    while (true) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return List.copyOf(messages);
      }
      messages.add(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
