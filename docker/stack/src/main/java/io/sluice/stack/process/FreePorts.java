package io.sluice.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that nobody listens on, for those who must know theirs before they listen.
 *
 * <p>They are none of those that a system hands out by itself, where nobody has changed which: such
 * a port, asked for and given back, was somebody else's 25 times of 20,000 after ten more had been
 * asked for.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;

  /** Linux hands out ports from 32,768 on, macOS and Windows from 49,152 on. */
  private static final int HIGHEST = 32_000;

  private static final int TRIES = 100;

  private FreePorts() {}

  /**
   * A port that nobody listens on. It is not reserved: two callers at a time get the same one about
   * once in seventeen thousand times.
   *
   * @return 15,000 to 32,000
   * @throws IllegalStateException if none is found
   */
  public static int any() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      try {
        requireFree(port);
        return port;
      } catch (BindException taken) {
        // The next one, then.
      } catch (IOException e) {
        throw new UncheckedIOException("cannot look whether port " + port + " is free", e);
      }
    }
    throw new IllegalStateException(
        "%d ports from %d to %d are all taken".formatted(TRIES, LOWEST, HIGHEST));
  }

  /**
   * Looks whether a port can be listened on.
   *
   * @throws BindException if somebody else has it
   */
  public static void requireFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
