package io.sluice.stack.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.Occurrence;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderFormTest {
  @Test
  void theShortestOrderIsForTheNextCall() {
    FaultOrder order = OrderForm.read(Map.of("service", "s3", "fault", "slow-down"));

    assertThat(order).isEqualTo(FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN));
  }

  @Test
  void readsEveryField() {
    Map<String, String> fields = new HashMap<>();
    fields.put("service", "s3");
    fields.put("fault", "lost-answer");
    fields.put("operation", "PutObject");
    fields.put("resource", "quakes/manifests/*");
    fields.put("status", "412");
    fields.put("after", "3");
    fields.put("times", "2");
    fields.put("probability", "0.25");

    FaultOrder order = OrderForm.read(fields);

    assertThat(order)
        .isEqualTo(
            FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER)
                .at("PutObject")
                .on("quakes/manifests/*")
                .answeredWith(412)
                .withProbability(0.25)
                .after(3)
                .times(2));
    assertThat(
            OrderForm.read(Map.of("service", "s3", "fault", "latency", "delay", "500ms")).delay())
        .contains(Duration.ofMillis(500));
  }

  @Test
  void aProbabilityAloneHasNoEnd() {
    FaultOrder order =
        OrderForm.read(Map.of("service", "sqs", "fault", "loss", "probability", "0.5"));

    assertThat(order.occurrence()).isEqualTo(new Occurrence(0, Occurrence.UNLIMITED, 0.5));
  }

  @Test
  void namesAllThatIsWrongAndWhatIsRight() {
    assertThatThrownBy(() -> OrderForm.read(Map.of("service", "s4", "fualt", "reset")))
        .hasMessageContaining("fualt: no such field; there are after, delay, fault,")
        .hasMessageContaining("service: 's4' is none of s3, sqs, dynamodb, kinesis, redshift")
        .hasMessageContaining("fault: missing; one of slow-down, throttle,");
    assertThatThrownBy(() -> OrderForm.read(Map.of("service", "s3", "fault", "duplicate")))
        .hasMessage(
            "fault: 'duplicate' is none of slow-down, internal-error, latency, hold, reset, lost-answer,"
                + " held-answer");
    assertThatThrownBy(
            () ->
                OrderForm.read(
                    Map.of(
                        "service",
                        "s3",
                        "fault",
                        "latency",
                        "times",
                        "few",
                        "delay",
                        "soon",
                        "probability",
                        "half",
                        "after",
                        "1.5")))
        .hasMessageContaining("times: 'few' is not a whole number")
        .hasMessageContaining("delay: 'soon' is not a time such as 500ms, 5s or 2m")
        .hasMessageContaining("probability: 'half' is not a number such as 0.1")
        .hasMessageContaining("after: '1.5' is not a whole number");
    assertThatThrownBy(
            () -> OrderForm.read(Map.of("service", "s3", "fault", "latency", "times", "0")))
        .hasMessage("times must be 1 or more, not 0");
  }
}
