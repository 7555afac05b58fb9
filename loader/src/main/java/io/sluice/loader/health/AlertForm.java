package io.sluice.loader.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Locale;

/** An alert as a webhook wants it. */
final class AlertForm {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String loaderId;

  /** {@code loaderId} tells which loader it was. */
  AlertForm(String loaderId) {
    this.loaderId = loaderId;
  }

  /** The body of the request. */
  String body(Alert alert, Webhook.Form form) {
    return switch (form) {
      case JSON -> json(alert);
      case SLACK -> slack(alert);
    };
  }

  private String json(Alert alert) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("version", 1);
    document.put("incident", alert.incident());
    document.put("state", lower(alert.state()));
    document.put("kind", lower(alert.kind()));
    alert.table().ifPresent(table -> document.put("table", table.toString()));
    document.put("summary", alert.summary());
    document.put("since", alert.since().toString());
    document.put("at", alert.at().toString());
    document.put("loader", loaderId);
    return write(document);
  }

  /** Three characters are Slack's own, see "Formatting text for app surfaces" in Slack's pages. */
  private String slack(Alert alert) {
    String mark =
        switch (alert.state()) {
          case FIRING -> ":red_circle:";
          case RESOLVED -> ":large_green_circle: resolved:";
        };
    String text = "%s %s (%s)".formatted(mark, alert.summary(), loaderId);
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return write(MAPPER.createObjectNode().put("text", escaped));
  }

  private static String write(ObjectNode document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
