package io.sluice.loader.intake;

import com.amazonaws.services.sqs.AmazonSQS;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Queues in Amazon SQS; see GetQueueAttributes in the Amazon SQS API Reference. */
public final class SqsQueues implements Queues {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String VISIBILITY = "VisibilityTimeout";
  private static final String RETENTION = "MessageRetentionPeriod";
  private static final String REDRIVE = "RedrivePolicy";

  /** What SQS takes where nothing is said. */
  private static final Duration DEFAULT_VISIBILITY = Duration.ofSeconds(30);

  private static final Duration DEFAULT_RETENTION = Duration.ofDays(4);

  private final AmazonSQS sqs;

  /** By a client that the caller closes. */
  public SqsQueues(AmazonSQS sqs) {
    this.sqs = sqs;
  }

  @Override
  public QueueAttributes attributes(URI queue) {
    String url = queue.toString();
    Map<String, String> attributes =
        new SqsRequests(url)
            .asking("look at", () -> sqs.getQueueAttributes(url, List.of("All")))
            .getAttributes();
    return new QueueAttributes(
        duration(attributes.get(VISIBILITY), DEFAULT_VISIBILITY),
        duration(attributes.get(RETENTION), DEFAULT_RETENTION),
        Optional.ofNullable(attributes.get(REDRIVE)).map(SqsQueues::redrive));
  }

  private static Duration duration(String seconds, Duration absent) {
    return seconds == null ? absent : Duration.ofSeconds(Long.parseLong(seconds));
  }

  private static QueueAttributes.Redrive redrive(String policy) {
    try {
      JsonNode json = MAPPER.readTree(policy);
      return new QueueAttributes.Redrive(
          json.path("deadLetterTargetArn").asText(), json.path("maxReceiveCount").asInt());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
