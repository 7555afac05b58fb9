package io.sluice.common.config;

import java.util.regex.Pattern;

/**
 * A setting as it holds in the end. Values whose names tell of a secret are masked.
 *
 * @param path the whole path, such as {@code writer.files.target-size}
 * @param value as one writes it in a file
 * @param isDefault whether the file does not have it
 */
public record EffectiveSetting(String path, String value, boolean isDefault) {
  private static final Pattern SECRET =
      Pattern.compile("(?i)(?:.*[.-])?(?:password|secret|token|credentials?)(?:-.*)?");

  static EffectiveSetting given(String path, String value) {
    boolean isSecret = SECRET.matcher(path.substring(path.lastIndexOf('.') + 1)).matches();
    return new EffectiveSetting(path, isSecret ? new Secret(value).toString() : value, false);
  }

  static EffectiveSetting ofDefault(String path, String value) {
    return new EffectiveSetting(path, value, true);
  }

  /** A line of a settings file. */
  @Override
  public String toString() {
    return path + " = " + value + (isDefault ? "  # default" : "");
  }
}
