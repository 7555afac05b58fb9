package io.sluice.common.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A module's CONFIGURATION.md, to be compared with the settings that its code knows. */
public final class SettingsReference {
  private SettingsReference() {}

  /** The settings that have a row, of this module and section. */
  public static Set<String> described(String module, String section) throws IOException {
    Set<String> described = new TreeSet<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(" + section + "\\.[^`]+)` \\|")
            .matcher(Files.readString(folder(module).resolve("CONFIGURATION.md")));
    while (row.find()) {
      described.add(row.group(1));
    }
    return described;
  }

  /** The module's folder: tests run in it, or from an editor in the project's. */
  public static Path folder(String module) {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith(module) ? here : here.resolve(module);
  }
}
