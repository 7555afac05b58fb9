package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.loader.intake.QueueAttributes.Redrive;
import io.sluice.loader.stack.LoaderStack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqsQueuesIT {
  private final LoaderStack stack = LoaderStack.shared();
  private final Queues queues = new SqsQueues(stack.sqs());

  @Test
  void tellsHowAQueueIsSetUp() {
    String dead = stack.newQueue();
    String arn =
        stack.sqs().getQueueAttributes(dead, List.of("QueueArn")).getAttributes().get("QueueArn");
    String queue = stack.newQueue();
    assertThat(queues.attributes(URI.create(queue)).redrive()).isEmpty();
    stack
        .sqs()
        .setQueueAttributes(
            queue,
            Map.of(
                "VisibilityTimeout",
                "45",
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":7}"));

    QueueAttributes attributes = queues.attributes(URI.create(queue));

    assertThat(attributes.visibility()).isEqualTo(Duration.ofSeconds(45));
    assertThat(attributes.retention()).isEqualTo(Duration.ofDays(4));
    assertThat(attributes.redrive()).contains(new Redrive(arn, 7));
    assertThat(attributes.redrive().orElseThrow().targetName())
        .isEqualTo(dead.substring(dead.lastIndexOf('/') + 1));
  }

  @Test
  void saysWhenThereIsNoSuchQueue() {
    URI missing = URI.create(stack.newQueue() + "-gone");

    assertThatThrownBy(() -> queues.attributes(missing))
        .isInstanceOfSatisfying(
            InboxException.class,
            e -> assertThat(e.kind()).isEqualTo(InboxException.Kind.MISCONFIGURED))
        .hasMessageStartingWith("cannot look at " + missing);
  }
}
