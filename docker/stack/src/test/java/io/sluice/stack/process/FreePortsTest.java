package io.sluice.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @RepeatedTest(50)
  void isFreeAndNoneThatTheSystemHandsOut() throws Exception {
    int port = FreePorts.any();

    assertThat(port).isBetween(1_024, 32_767);
    assertThatCode(() -> FreePorts.requireFree(port)).doesNotThrowAnyException();
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void aTakenPortIsNotFree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> FreePorts.requireFree(taken.getLocalPort()))
          .isInstanceOf(BindException.class);
    }
  }
}
