package io.sluice.loader.health;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Secret;
import io.sluice.common.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where alerts go.
 *
 * @param url an {@code http} or {@code https} address; never shown, for it often carries a token
 * @param form what is posted
 */
public record Webhook(Secret url, Form form) {
  /** What is posted to a webhook. */
  public enum Form {
    /** A document with every field of the alert. */
    JSON,
    /** A text, as Slack's incoming webhooks and those that imitate them want it. */
    SLACK
  }

  public Webhook {
    requireNonNull(url, "url");
    requireNonNull(form, "form");
    uri(url.value());
  }

  static Webhook read(Settings settings) {
    String url = settings.string("url");
    Form form = settings.oneOf("form", Form.class, Form.JSON);
    if (url != null && !isUsable(url)) {
      // A problem shows its value, so this one is told by hand.
      settings.problem("url", "********", "must be an address such as https://host/path");
    }
    return settings.valid(() -> new Webhook(new Secret(url), form));
  }

  URI uri() {
    return uri(url.value());
  }

  private static boolean isUsable(String url) {
    try {
      uri(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message has the address in it.
    }
    throw new IllegalArgumentException("a webhook needs an address such as https://host/path");
  }
}
