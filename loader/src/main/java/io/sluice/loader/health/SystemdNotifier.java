package io.sluice.loader.health;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the loader is, as a unit with {@code Type=notify} wants it; without one it does
 * nothing. See "sd_notify(3)" and "systemd.service(5)".
 *
 * <p>A notification that cannot be sent is logged and never keeps the loader from working. Safe for
 * use by several threads.
 */
final class SystemdNotifier {
  private static final Logger log = LoggerFactory.getLogger(SystemdNotifier.class);

  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;
  private String status = "";
  private boolean stopping;
  private boolean failed;

  private SystemdNotifier(Optional<NotifySocket> socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** The supervisor of this process, by {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}. */
  static SystemdNotifier of(Map<String, String> environment, long pid) {
    String address = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (address.isEmpty()) {
      return new SystemdNotifier(Optional.empty(), Optional.empty());
    }
    if (!address.startsWith("/") && !address.startsWith("@")) {
      log.warn("NOTIFY_SOCKET = {} is no unix socket: the supervisor is told nothing", address);
      return new SystemdNotifier(Optional.empty(), Optional.empty());
    }
    return new SystemdNotifier(Optional.of(new NotifySocket(address)), watchdog(environment, pid));
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String whose = environment.getOrDefault("WATCHDOG_PID", "");
    if (micros.isEmpty() || !(whose.isEmpty() || whose.equals(Long.toString(pid)))) {
      return Optional.empty();
    }
    try {
      Duration time = Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1000L));
      if (!time.isZero() && !time.isNegative()) {
        return Optional.of(time);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Told below, with what it is.
    }
    log.warn("WATCHDOG_USEC = {} is no time: the watchdog is told nothing", micros);
    return Optional.empty();
  }

  /** How long the watchdog waits before it ends a process that is silent. */
  Optional<Duration> watchdog() {
    return watchdog;
  }

  /** The loader loads, or does so again after a reload. */
  void ready() {
    send("READY=1");
  }

  /** What {@code systemctl status} shows; sent when it differs from what was sent last. */
  synchronized void status(String text) {
    String line = text.replaceAll("\\s+", " ");
    if (!stopping && !line.equals(status)) {
      status = line;
      send("STATUS=" + line);
    }
  }

  /** All is well: the watchdog starts anew. */
  void alive() {
    if (watchdog.isPresent()) {
      send("WATCHDOG=1");
    }
  }

  /** The settings are read anew; {@link #ready} must follow. */
  void reloading() {
    // On Linux the JVM reads CLOCK_MONOTONIC, which systemd compares with its own reading.
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
  }

  /** The loader stops: this is its last status. */
  synchronized void stopping(String text) {
    status(text);
    stopping = true;
    send("STOPPING=1");
  }

  private synchronized void send(String message) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      socket.get().send(message);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.error("systemd cannot be told how the loader is: {}", e.getMessage(), e);
      }
      failed = true;
    }
  }
}
