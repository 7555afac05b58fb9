package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.sqs.model.AmazonSQSException;
import com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.DeleteMessageBatchResult;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.PurgeQueueRequest;
import com.amazonaws.services.sqs.model.ReceiptHandleIsInvalidException;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What was ordered for SQS, as the SDK without its retries sees it. */
class SqsFaultsIT extends FaultsCase {
  @Test
  void aCopyThatWaitsGoesWithItsQueue() {
    String purged = queueWith("purged", "a");
    String deleted = queueWith("deleted-and-made-again", "b");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DUPLICATE).times(2));
    receive(purged);
    receive(deleted);

    sqs.purgeQueue(new PurgeQueueRequest(purged));
    sqs.deleteQueue(deleted);
    sqs.createQueue("deleted-and-made-again");

    assertThat(sqs.receiveMessage(purged).getMessages()).isEmpty();
    assertThat(sqs.receiveMessage(deleted).getMessages()).isEmpty();
  }

  @Test
  void aCopyIsNotGivenToACallThatAsksForTooMany() {
    String queue = queueWith("greedy", "a");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DUPLICATE));
    receive(queue);

    assertThatThrownBy(
            () -> sqs.receiveMessage(new ReceiveMessageRequest(queue).withMaxNumberOfMessages(11)))
        .isInstanceOfSatisfying(
            AmazonSQSException.class, e -> assertThat(e.getStatusCode()).isEqualTo(400));

    assertThat(bodies(receive(queue))).containsExactly("a");
  }

  @Test
  void aMessageIsReceivedTwiceByTheSameId() {
    String queue = queueWith("doubled", "a", "b");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DUPLICATE).at("ReceiveMessage"));

    List<Message> first = receive(queue);
    List<Message> again = receive(queue);

    assertThat(bodies(first)).contains(again.get(0).getBody());
    assertThat(again)
        .singleElement()
        .extracting(Message::getMessageId)
        .isIn(first.stream().map(Message::getMessageId).toList());
    first.forEach(message -> sqs.deleteMessage(queue, message.getReceiptHandle()));
    again.forEach(message -> sqs.deleteMessage(queue, message.getReceiptHandle()));
  }

  @Test
  void deletingWhatIsGoneSucceedsAndNonsenseDoesNot() {
    String queue = queueWith("deleted", "a");
    String handle = receive(queue).get(0).getReceiptHandle();
    sqs.deleteMessage(queue, handle);

    sqs.deleteMessage(queue, handle);
    DeleteMessageBatchResult result =
        sqs.deleteMessageBatch(
            queue,
            List.of(
                new DeleteMessageBatchRequestEntry("gone", handle),
                new DeleteMessageBatchRequestEntry("nonsense", "nonsense")));

    assertThat(result.getSuccessful()).singleElement().extracting("id").isEqualTo("gone");
    assertThat(result.getFailed()).singleElement().extracting("id").isEqualTo("nonsense");
    assertThatThrownBy(() -> sqs.deleteMessage(queue, "nonsense"))
        .isInstanceOf(ReceiptHandleIsInvalidException.class);
  }

  @Test
  void aMessageIsLost() {
    String queue = queueWith("lossy", "a", "b", "c");
    long id = faults.order(FaultOrder.of(StandIn.SQS, Fault.LOSS).on("lossy"));

    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      for (Message message : receive(queue)) {
        seen.add(message.getBody());
        sqs.deleteMessage(queue, message.getReceiptHandle());
      }
    }

    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(1);
  }

  @Test
  void aMessageIsOvertaken() {
    String queue = queueWith("shuffled", "a", "b");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.REORDER));

    List<String> seen = new ArrayList<>();
    while (seen.size() < 2) {
      for (Message message : receive(queue)) {
        seen.add(message.getBody());
        sqs.deleteMessage(queue, message.getReceiptHandle());
      }
    }

    assertThat(seen).containsExactly("b", "a");
  }

  @Test
  void aMessageComesLate() {
    String queue = sqs.createQueue("late").getQueueUrl();
    faults.order(FaultOrder.of(StandIn.SQS, Fault.DELAY).lasting(Duration.ofSeconds(2)));
    sqs.sendMessage(queue, "late");
    long sent = System.nanoTime();

    assertThat(bodies(receive(queue))).containsExactly("late");

    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void receivingFails() {
    String queue = queueWith("failing", "a");
    faults.order(FaultOrder.of(StandIn.SQS, Fault.THROTTLE).at("ReceiveMessage"));
    faults.order(FaultOrder.of(StandIn.SQS, Fault.INTERNAL_ERROR).at("ReceiveMessage"));

    assertThatThrownBy(() -> receive(queue))
        .isInstanceOfSatisfying(
            AmazonSQSException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo("RequestThrottled");
              assertThat(e.getStatusCode()).isEqualTo(400);
            });
    assertThatThrownBy(() -> receive(queue))
        .isInstanceOfSatisfying(
            AmazonSQSException.class, e -> assertThat(e.getStatusCode()).isEqualTo(500));

    assertThat(bodies(receive(queue))).containsExactly("a");
  }

  @Test
  void aCallIsHeldUntilTheOrderIsWithdrawn() {
    String queue = sqs.createQueue("held").getQueueUrl();
    long id = faults.order(FaultOrder.of(StandIn.SQS, Fault.HOLD).at("SendMessage"));

    CompletableFuture<?> sent = CompletableFuture.runAsync(() -> sqs.sendMessage(queue, "a"));
    await().until(() -> faults.report(id).orElseThrow().isSpent());
    assertThat(sqs.receiveMessage(queue).getMessages()).isEmpty();
    assertThat(sent).isNotDone();
    faults.withdraw(id);

    sent.join();
    assertThat(bodies(receive(queue))).containsExactly("a");
  }

  @Test
  void theAnswerToACallThatIsCarriedOutIsHeldUntilTheOrderIsWithdrawn() {
    String queue = sqs.createQueue("held-answer").getQueueUrl();
    long id = faults.order(FaultOrder.of(StandIn.SQS, Fault.HELD_ANSWER).at("SendMessage"));

    CompletableFuture<?> sent = CompletableFuture.runAsync(() -> sqs.sendMessage(queue, "a"));
    assertThat(bodies(receive(queue))).containsExactly("a");
    await().until(() -> faults.report(id).orElseThrow().isSpent());
    assertThat(sent).isNotDone();
    faults.withdraw(id);

    sent.join();
  }

  private static String queueWith(String name, String... messages) {
    String queue = sqs.createQueue(name).getQueueUrl();
    for (String message : messages) {
      sqs.sendMessage(queue, message);
    }
    return queue;
  }

  private static List<Message> receive(String queue) {
    return sqs.receiveMessage(
            new ReceiveMessageRequest(queue).withMaxNumberOfMessages(10).withWaitTimeSeconds(3))
        .getMessages();
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::getBody).toList();
  }
}
