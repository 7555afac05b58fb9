package io.sluice.loader.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.loader.health.Alert.Kind;
import io.sluice.loader.health.Alert.State;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertFormTest {
  private static final Instant SINCE = Instant.parse("2026-11-22T06:00:00Z");

  private final AlertForm form = new AlertForm("host:7");

  @Test
  void putsEveryFieldIntoTheDocument() throws IOException {
    JsonNode document = read(alert(State.FIRING, "a \"b\" <c>"), Webhook.Form.JSON);

    assertThat(document)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "version": 1,
                      "incident": "stale/public.things/2026-11-22T06:00:00Z",
                      "state": "firing",
                      "kind": "stale",
                      "table": "public.things",
                      "summary": "a \\"b\\" <c>",
                      "since": "2026-11-22T06:00:00Z",
                      "at": "2026-11-22T06:00:09Z",
                      "loader": "host:7"
                    }
                    """));
  }

  @Test
  void writesSlacksTextAndItsOwnCharactersAsEntities() throws IOException {
    JsonNode firing = read(alert(State.FIRING, "a < b & <!channel>"), Webhook.Form.SLACK);
    JsonNode resolved = read(alert(State.RESOLVED, "fine"), Webhook.Form.SLACK);

    assertThat(firing.get("text").asText())
        .isEqualTo(":red_circle: a &lt; b &amp; &lt;!channel&gt; (host:7)");
    assertThat(resolved.get("text").asText())
        .isEqualTo(":large_green_circle: resolved: fine (host:7)");
    assertThat(firing).hasSize(1);
  }

  @Test
  void namesNoTableInAnIncidentOfAll() throws IOException {
    Alert alert = new Alert(Kind.LOGIN, Optional.empty(), State.FIRING, "shut", SINCE, SINCE);

    assertThat(read(alert, Webhook.Form.JSON).has("table")).isFalse();
  }

  private JsonNode read(Alert alert, Webhook.Form as) throws IOException {
    return new ObjectMapper().readTree(form.body(alert, as));
  }

  private static Alert alert(State state, String summary) {
    return new Alert(
        Kind.STALE, Optional.of(Loads.TABLE), state, summary, SINCE, SINCE.plusSeconds(9));
  }
}
