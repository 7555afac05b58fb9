package io.sluice.loader.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the ledger calls this process: host and process id. */
final class ProcessName {
  private ProcessName() {}

  static String get() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown-host";
    }
    return host + ":" + ProcessHandle.current().pid();
  }
}
