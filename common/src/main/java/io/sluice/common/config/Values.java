package io.sluice.common.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Values that are written as text; what cannot be read is an IllegalArgumentException that says
 * what is allowed.
 */
final class Values {
  private Values() {}

  /** An absolute {@code http} or {@code https} address. */
  static URI httpUri(String text) {
    try {
      URI uri = new URI(text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // told below, with what is allowed
    }
    throw new IllegalArgumentException("must be an address such as https://host:port");
  }

  /** A constant, written in lower case with dashes. */
  static <E extends Enum<E>> E constant(String text, Class<E> type) {
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String spelling = spelling(constant.name());
      if (spelling.equals(spelling(text))) {
        return constant;
      }
      allowed.add(spelling);
    }
    throw new IllegalArgumentException("must be one of " + String.join(", ", allowed));
  }

  /** Texts by name; a number or a flag is the text that was written. */
  static Map<String, String> texts(ConfigObject section) {
    Map<String, String> texts = new LinkedHashMap<>();
    section.forEach(
        (name, value) -> texts.put(name, section.toConfig().getString(ConfigUtil.joinPath(name))));
    return texts;
  }

  private static String spelling(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A value of a setting as one writes it in a file: times, sizes and constants in their own way.
   */
  static String spelled(Object value) {
    if (value instanceof Duration time) {
      return time(time);
    }
    return value instanceof Enum<?> constant ? spelling(constant.name()) : String.valueOf(value);
  }

  /** A number of bytes, in the largest unit that it is a whole number of. */
  static String size(long bytes) {
    String[] units = {"GiB", "MiB", "KiB"};
    for (int i = 0; i < units.length; i++) {
      long unit = 1L << (30 - 10 * i);
      if (bytes > 0 && bytes % unit == 0) {
        return bytes / unit + units[i];
      }
    }
    return Long.toString(bytes);
  }

  /** The value as it may be shown: a text or a number; of a list or a section only what it is. */
  static String shown(ConfigValue value) {
    ConfigValueType type = value.valueType();
    return type == ConfigValueType.LIST || type == ConfigValueType.OBJECT
        ? "a " + type.name().toLowerCase(Locale.ROOT)
        : String.valueOf(value.unwrapped());
  }

  static String unwrapped(ConfigValue value) {
    return String.valueOf(value.unwrapped());
  }

  /** The library's sentence without the place, which the problem names in its own way. */
  static String allowed(com.typesafe.config.ConfigException e) {
    String message = e.getMessage();
    if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
      message = message.substring(e.origin().description().length() + 2);
    }
    return message.replaceFirst("^Invalid value at '[^']*': ", "");
  }

  private static String time(Duration time) {
    if (time.toMillisPart() != 0) {
      return time.toMillis() + "ms";
    }
    if (time.toSecondsPart() != 0 || time.isZero()) {
      return time.toSeconds() + "s";
    }
    return time.toMinutesPart() != 0 ? time.toMinutes() + "m" : time.toHours() + "h";
  }
}
