package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.GetQueueAttributesRequest;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.acceptance.pipeline.Earthquakes;
import io.sluice.acceptance.pipeline.Producer;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Acceptance (c): one message comes twice, one never comes; the table has every record once. */
class MessagesIT extends PipelineTest {
  private static final int BATCHES = 4;
  private static final int RECORDS_A_BATCH = 250;
  private static final int RECORDS = BATCHES * RECORDS_A_BATCH;

  @Override
  int shards() {
    return 1;
  }

  @Test
  void aDoubledMessageDoublesNothingAndALostOneLosesNothing() throws Exception {
    pipeline.startWriter();
    landInBatches();
    List<Message> messages = takeAll();
    assertThat(messages).hasSizeGreaterThanOrEqualTo(BATCHES);

    // The first is lost; the last, and the only one that stands for it, comes three times.
    for (Message message : messages.subList(1, messages.size())) {
      sqs().sendMessage(pipeline.resources().queueUrl(), message.getBody());
    }
    sqs().sendMessage(pipeline.resources().queueUrl(), messages.get(messages.size() - 1).getBody());
    sqs().sendMessage(pipeline.resources().queueUrl(), messages.get(messages.size() - 1).getBody());
    pipeline.initLoader();
    pipeline.startLoader();

    awaitWhileRunning(
        "all records in the table",
        () -> stages.loaded().rows() >= RECORDS,
        pipeline.writer(),
        pipeline.loader());
    awaitWhileRunning("an empty queue", () -> left() == 0, pipeline.writer(), pipeline.loader());
    new Proof(pipeline).everyRecordOnce(RECORDS, 0);
  }

  /** One batch after another, so that each has a manifest and a message of its own. */
  private void landInBatches() {
    Producer producer = pipeline.resources().producer();
    List<String> all = Earthquakes.generated(RECORDS, 3).collect(Collectors.toList());
    for (int i = 1; i <= BATCHES; i++) {
      int landed = i * RECORDS_A_BATCH;
      producer.put(all.subList(landed - RECORDS_A_BATCH, landed).stream());
      awaitWhileRunning(
          "batch " + i + " landed", () -> stages.landed().landed() >= landed, pipeline.writer());
    }
  }

  /** Takes every message off the queue, in the order of the manifests. */
  private List<Message> takeAll() {
    List<Message> taken = new ArrayList<>();
    awaitWhileRunning(
        "the messages of all batches",
        () -> {
          for (Message message : receive()) {
            sqs().deleteMessage(pipeline.resources().queueUrl(), message.getReceiptHandle());
            taken.add(message);
          }
          return taken.stream().mapToLong(message -> parsed(message).rows()).sum() >= RECORDS;
        },
        pipeline.writer());
    taken.sort(Comparator.comparingLong(message -> parsed(message).manifest()));
    return taken;
  }

  private List<Message> receive() {
    return sqs()
        .receiveMessage(
            new ReceiveMessageRequest(pipeline.resources().queueUrl())
                .withMaxNumberOfMessages(10)
                .withWaitTimeSeconds(1))
        .getMessages();
  }

  private static ManifestMessage parsed(Message message) {
    return ContractJson.readMessage(message.getBody());
  }

  private int left() {
    var attributes =
        sqs()
            .getQueueAttributes(
                new GetQueueAttributesRequest(pipeline.resources().queueUrl())
                    .withAttributeNames(
                        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"))
            .getAttributes();
    return attributes.values().stream().mapToInt(Integer::parseInt).sum();
  }

  private AmazonSQS sqs() {
    return pipeline.clients().sqs();
  }
}
