package io.sluice.loader.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** {@code --by}, who decides: it goes where others will wonder. */
final class ByOption {
  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who, in place of the user of this process and its host.")
  private String by;

  String read() {
    return by == null ? thisUser() : by;
  }

  private static String thisUser() {
    String user = System.getProperty("user.name");
    try {
      return user + "@" + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return user;
    }
  }
}
