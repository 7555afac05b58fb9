package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class SystemdNotifierTest {
  private static final long PID = 4711;

  @TempDir private Path folder;

  @Test
  void tellsOfEveryStepByASocketFile() throws IOException {
    Path file = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file))) {
      SystemdNotifier notifier =
          notifier(Map.of("NOTIFY_SOCKET", file.toString(), "WATCHDOG_USEC", "2000000"));

      notifier.status("starting\nup");
      notifier.ready();
      notifier.alive();
      notifier.status("starting up");
      notifier.status("loading");
      notifier.stopping("stopping");
      notifier.status("loading again");

      assertThat(systemd.messages())
          .containsExactly(
              "STATUS=starting up",
              "READY=1",
              "WATCHDOG=1",
              "STATUS=loading",
              "STATUS=stopping",
              "STOPPING=1");
    }
  }

  @Test
  void tellsOfAReloadWithTheTimeThatSystemdCompares() throws IOException {
    Path file = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file))) {
      long before = System.nanoTime() / 1000;
      notifier(Map.of("NOTIFY_SOCKET", file.toString())).reloading();
      long after = System.nanoTime() / 1000;

      String message = systemd.messages().get(0);
      assertThat(message).startsWith("RELOADING=1\nMONOTONIC_USEC=");
      assertThat(Long.parseLong(message.substring(message.lastIndexOf('=') + 1)))
          .isBetween(before, after);
    }
  }

  @Test
  void knowsAbstractNames() throws IOException {
    String name = "sluice-" + UUID.randomUUID();
    try (NotifyReceiver systemd =
        new NotifyReceiver(AFUNIXSocketAddress.inAbstractNamespace(name))) {
      notifier(Map.of("NOTIFY_SOCKET", "@" + name)).ready();

      assertThat(systemd.messages()).containsExactly("READY=1");
    }
  }

  @Test
  void findsASocketThatWasMadeAnew() throws IOException {
    Path file = folder.resolve("notify");
    SystemdNotifier notifier = notifier(Map.of("NOTIFY_SOCKET", file.toString()));
    notifier.ready();

    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file))) {
      notifier.ready();

      assertThat(systemd.messages()).containsExactly("READY=1");
    }
  }

  @Test
  void doesNotWaitForASupervisorThatDoesNotRead() throws IOException {
    Path file = folder.resolve("notify");
    try (NotifyReceiver systemd = new NotifyReceiver(AFUNIXSocketAddress.of(file))) {
      NotifySocket socket = new NotifySocket(file.toString());
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  socket.send("STATUS=" + i);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("the supervisor does not read what it is told");

      SystemdNotifier notifier = notifier(Map.of("NOTIFY_SOCKET", file.toString()));
      assertThatCode(notifier::ready).doesNotThrowAnyException();
      assertThat(systemd.messages()).contains("STATUS=0").doesNotContain("READY=1");

      notifier.ready();
      assertThat(systemd.messages()).endsWith("READY=1");
    }
  }

  @Test
  void keepsTheWatchdogOnlyForItsOwnProcess() {
    Map<String, String> mine =
        Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711");
    Map<String, String> anothers =
        Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1");

    assertThat(notifier(mine).watchdog()).contains(Duration.ofSeconds(30));
    assertThat(notifier(anothers).watchdog()).isEmpty();
    assertThat(notifier(Map.of("NOTIFY_SOCKET", "/n")).watchdog()).isEmpty();
    assertThat(notifier(Map.of("NOTIFY_SOCKET", "/n", "WATCHDOG_USEC", "soon")).watchdog())
        .isEmpty();
  }

  @Test
  void isSilentWithoutASupervisor() {
    for (Map<String, String> nobody :
        List.of(Map.<String, String>of(), Map.of("NOTIFY_SOCKET", "vsock:2:1234"))) {
      SystemdNotifier notifier = notifier(nobody);

      assertThatCode(notifier::ready).doesNotThrowAnyException();
      assertThat(notifier.watchdog()).isEmpty();
    }
  }

  private static SystemdNotifier notifier(Map<String, String> environment) {
    return SystemdNotifier.of(environment, PID);
  }
}
