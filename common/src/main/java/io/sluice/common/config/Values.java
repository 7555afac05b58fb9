package io.sluice.common.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  private static String spelling(String text) {
    return text.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
