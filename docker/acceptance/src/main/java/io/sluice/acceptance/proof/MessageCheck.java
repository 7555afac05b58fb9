package io.sluice.acceptance.proof;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.ContractException;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that every message in the queue tells of a batch in the log, in the log's words. The
 * messages stay in the queue; for a while nobody else sees them.
 */
final class MessageCheck {
  private static final int INVISIBLE_SECONDS = 20;

  private final AmazonSQS sqs;
  private final Differences differences;

  MessageCheck(AmazonSQS sqs, Differences differences) {
    this.sqs = sqs;
    this.differences = differences;
  }

  /** The manifests with batches of which no message tells. */
  List<Manifest> check(FolderView folder, String queueUrl) {
    Set<Long> announced = new HashSet<>();
    ReceiveMessageRequest request =
        new ReceiveMessageRequest(queueUrl)
            .withMaxNumberOfMessages(10)
            .withVisibilityTimeout(INVISIBLE_SECONDS);
    for (List<Message> some = sqs.receiveMessage(request).getMessages();
        !some.isEmpty();
        some = sqs.receiveMessage(request).getMessages()) {
      some.forEach(message -> check(message.getBody(), folder, announced));
    }
    return folder.manifests().stream()
        .filter(manifest -> !manifest.batches().isEmpty())
        .filter(manifest -> !announced.contains(manifest.number()))
        .toList();
  }

  private void check(String body, FolderView folder, Set<Long> announced) {
    try {
      ManifestMessage message = ContractJson.readMessage(body);
      if (!tellsOfABatch(message, folder)) {
        differences.add("message without a batch", body);
      }
      announced.add(message.manifest());
    } catch (ContractException e) {
      differences.add("unreadable message", "%s: %s".formatted(body, e.getMessage()));
    }
  }

  private static boolean tellsOfABatch(ManifestMessage message, FolderView folder) {
    if (message.manifest() > folder.manifests().size()) {
      return false;
    }
    Manifest manifest = folder.manifests().get((int) message.manifest() - 1);
    return manifest
        .batch(message.table())
        .map((Batch batch) -> ManifestMessage.of(folder.folder(), manifest, batch))
        .filter(message::equals)
        .isPresent();
  }
}
