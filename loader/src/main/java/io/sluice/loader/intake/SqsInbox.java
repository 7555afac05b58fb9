package io.sluice.loader.intake;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.BatchResultErrorEntry;
import com.amazonaws.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.MessageAttributeValue;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import com.amazonaws.services.sqs.model.SendMessageRequest;
import io.sluice.loader.intake.InboxException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue in Amazon SQS, by tens as far as SQS allows. See "Actions" in the Amazon SQS API
 * Reference.
 */
public final class SqsInbox implements Inbox {
  private static final Logger log = LoggerFactory.getLogger(SqsInbox.class);

  private static final int MOST_A_REQUEST = 10;

  private static final String VISIBLE = "ApproximateNumberOfMessages";
  private static final String IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";
  private static final String DELAYED = "ApproximateNumberOfMessagesDelayed";

  private final AmazonSQS sqs;
  private final String url;
  private final QueueSettings settings;
  private final Duration visibility;

  /**
   * The queue of these settings, by a client that the caller closes.
   *
   * @param visibility how long a received message stays hidden; set on each receive, so that the
   *     queue's own attribute does not matter
   */
  public SqsInbox(AmazonSQS sqs, QueueSettings settings, Duration visibility) {
    this.sqs = sqs;
    this.url = settings.url().toString();
    this.settings = settings;
    this.visibility = visibility;
  }

  @Override
  public List<Delivery> receive(Duration wait) {
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(url)
            .withMaxNumberOfMessages(MOST_A_REQUEST)
            .withVisibilityTimeout((int) visibility.toSeconds())
            .withWaitTimeSeconds((int) wait.toSeconds());
    return asking("receive from", () -> sqs.receiveMessage(request)).getMessages().stream()
        .map(m -> new Delivery(m.getMessageId(), m.getReceiptHandle(), m.getBody()))
        .toList();
  }

  @Override
  public int delete(Collection<Delivery> deliveries) {
    int deleted = 0;
    for (List<Delivery> ten : tens(deliveries)) {
      List<DeleteMessageBatchRequestEntry> entries =
          numbered(ten, i -> new DeleteMessageBatchRequestEntry(i.toString(), receipt(ten, i)));
      List<BatchResultErrorEntry> failed =
          asking("delete from", () -> sqs.deleteMessageBatch(url, entries)).getFailed();
      deleted += ten.size() - failed.size();
      if (!failed.isEmpty()) {
        log.warn(
            "{} of {} messages were not deleted from {} ({}): they come again, and the ledger"
                + " knows them",
            failed.size(),
            ten.size(),
            url,
            failed.get(0).getCode());
      }
    }
    return deleted;
  }

  @Override
  public List<Delivery> extend(Collection<Delivery> deliveries, Duration time) {
    List<Delivery> lost = new ArrayList<>();
    for (List<Delivery> ten : tens(deliveries)) {
      List<ChangeMessageVisibilityBatchRequestEntry> entries =
          numbered(
              ten,
              i ->
                  new ChangeMessageVisibilityBatchRequestEntry(i.toString(), receipt(ten, i))
                      .withVisibilityTimeout((int) time.toSeconds()));
      asking("extend in", () -> sqs.changeMessageVisibilityBatch(url, entries)).getFailed().stream()
          .filter(BatchResultErrorEntry::getSenderFault)
          .forEach(failure -> lost.add(ten.get(Integer.parseInt(failure.getId()))));
    }
    return lost;
  }

  @Override
  public boolean deadLetter(Delivery delivery, String reason) {
    if (settings.deadLetterUrl().isEmpty()) {
      return false;
    }
    SendMessageRequest request =
        new SendMessageRequest(settings.deadLetterUrl().get().toString(), delivery.body())
            .addMessageAttributesEntry(
                "sluice-reason",
                new MessageAttributeValue()
                    .withDataType("String")
                    .withStringValue(ReasonText.of(reason)));
    asking("send to the dead-letter queue of", () -> sqs.sendMessage(request));
    delete(List.of(delivery));
    return true;
  }

  @Override
  public void check() {
    asking("look at", () -> sqs.getQueueAttributes(url, List.of("VisibilityTimeout")));
  }

  @Override
  public QueueDepth depth() {
    List<String> names = List.of(VISIBLE, IN_FLIGHT, DELAYED);
    Map<String, String> counts =
        asking("look at", () -> sqs.getQueueAttributes(url, names)).getAttributes();
    return new QueueDepth(count(counts, VISIBLE), count(counts, IN_FLIGHT), count(counts, DELAYED));
  }

  @Override
  public Duration visibility() {
    return visibility;
  }

  private static long count(Map<String, String> counts, String name) {
    return Long.parseLong(counts.getOrDefault(name, "0"));
  }

  private static List<List<Delivery>> tens(Collection<Delivery> deliveries) {
    List<Delivery> all = List.copyOf(deliveries);
    List<List<Delivery>> tens = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_A_REQUEST) {
      tens.add(all.subList(from, Math.min(all.size(), from + MOST_A_REQUEST)));
    }
    return tens;
  }

  private static <T> List<T> numbered(List<Delivery> ten, Function<Integer, T> entry) {
    return IntStream.range(0, ten.size()).boxed().map(entry).toList();
  }

  private static String receipt(List<Delivery> ten, int place) {
    return ten.get(place).receipt();
  }

  private <T> T asking(String verb, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkClientException e) {
      throw failure(verb + " " + url, e);
    }
  }

  /** What a request that failed means, which tried to do this. */
  static InboxException failure(String attempt, SdkClientException e) {
    boolean passes =
        e instanceof AmazonServiceException answer
            ? isPassing(answer)
            : !String.valueOf(e.getMessage()).startsWith("Unable to load AWS credentials");
    return new InboxException(
        passes ? Kind.TRANSIENT : Kind.MISCONFIGURED,
        "cannot " + attempt + ": " + e.getMessage(),
        e);
  }

  /** See "Common Errors" in the Amazon SQS API Reference. */
  private static boolean isPassing(AmazonServiceException e) {
    String code = String.valueOf(e.getErrorCode());
    return e.getStatusCode() >= 500
        || e.getStatusCode() == 429
        || code.contains("Throttl")
        || code.equals("ExpiredToken")
        || code.equals("RequestExpired")
        || code.endsWith("OverLimit");
  }
}
