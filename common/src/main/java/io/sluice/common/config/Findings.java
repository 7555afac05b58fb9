package io.sluice.common.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was found while the sections of a file were read: problems, and what holds in the end. */
record Findings(List<String> problems, List<EffectiveSetting> effective) {
  Findings() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  /** A setting that the file has. Sections tell of their own settings one by one. */
  void given(String path, Object value, ConfigValue written) {
    if (value instanceof Map<?, ?> texts) {
      texts.forEach(
          (key, text) -> effective.add(EffectiveSetting.given(path + "." + key, text.toString())));
    } else if (!isSection(value)) {
      effective.add(EffectiveSetting.given(path, Values.unwrapped(written)));
    }
  }

  /** A setting that the file does not have. */
  void byDefault(String path, String value) {
    effective.add(EffectiveSetting.ofDefault(path, value));
  }

  private static boolean isSection(Object value) {
    return value instanceof Config
        || (value instanceof List<?> list
            && list.stream().anyMatch(entry -> entry instanceof Config));
  }
}
