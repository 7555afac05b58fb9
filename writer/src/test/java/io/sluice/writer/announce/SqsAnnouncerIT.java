package io.sluice.writer.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.Manifests;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqsAnnouncerIT {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/clicks");

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonSQS sqs;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    sqs = stack.clients().sqs();
  }

  @AfterAll
  static void stop() {
    sqs.shutdown();
    stack.close();
  }

  @Test
  void sendsAMessageForEachBatch() {
    String queue = sqs.createQueue("batches").getQueueUrl();
    Manifest manifest = manifest(23);

    new SqsAnnouncer(sqs, queue, FOLDER).announce(manifest);

    assertThat(messages(queue))
        .containsExactlyInAnyOrderElementsOf(
            manifest.batches().stream()
                .map(batch -> ManifestMessage.of(FOLDER, manifest, batch))
                .toList());
  }

  @Test
  void aTakeoverSendsNothing() {
    String queue = sqs.createQueue("takeovers").getQueueUrl();

    new SqsAnnouncer(sqs, queue, FOLDER).announce(Manifests.takeover(1, "a"));

    assertThat(messages(queue)).isEmpty();
  }

  @Test
  void aMissingQueueStopsNothing() {
    SqsAnnouncer announcer =
        new SqsAnnouncer(sqs, stack.endpoints().sqs() + "/000000000000/nowhere", FOLDER);

    assertThatCode(() -> announcer.announce(manifest(1))).doesNotThrowAnyException();
  }

  @Test
  void aQueueThatDoesNotAnswerStopsNothing() {
    URI nobody = addressWithoutServer();
    AmazonSQS lost =
        new AwsClients(new AwsSettings("us-east-1", Map.of(Service.SQS, nobody), false, null))
            .sqs();
    try {
      SqsAnnouncer announcer = new SqsAnnouncer(lost, nobody + "/queue", FOLDER);

      assertThatCode(() -> announcer.announce(manifest(1))).doesNotThrowAnyException();
    } finally {
      lost.shutdown();
    }
  }

  private static Manifest manifest(int tables) {
    Manifest one = Manifests.batch(7, "a");
    Batch batch = one.batches().get(0);
    List<Batch> batches =
        IntStream.range(0, tables)
            .mapToObj(
                i ->
                    new Batch(
                        TableName.parse("t" + i),
                        batch.columns(),
                        batch.format(),
                        batch.files(),
                        batch.arrivalMin(),
                        batch.arrivalMax()))
            .toList();
    return new Manifest(
        one.number(),
        one.kind(),
        one.writer(),
        one.batchTime(),
        one.interval(),
        one.sources(),
        batches,
        one.rejects(),
        one.createdAt());
  }

  private static List<ManifestMessage> messages(String queue) {
    List<ManifestMessage> messages = new ArrayList<>();
    List<Message> received;
    do {
      received =
          sqs.receiveMessage(new ReceiveMessageRequest(queue).withMaxNumberOfMessages(10))
              .getMessages();
      received.forEach(message -> messages.add(ContractJson.readMessage(message.getBody())));
    } while (!received.isEmpty());
    return messages;
  }

  private static URI addressWithoutServer() {
    return URI.create("http://127.0.0.1:" + FreePorts.any());
  }
}
