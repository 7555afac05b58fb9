package io.sluice.writer.announce;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.SendMessageBatchRequest;
import com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.SendMessageBatchResult;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces batches on one SQS queue, ten messages a request. */
public final class SqsAnnouncer implements Announcer {
  private static final Logger log = LoggerFactory.getLogger(SqsAnnouncer.class);

  /** SQS takes no more in one request. */
  private static final int MESSAGES_A_REQUEST = 10;

  private final AmazonSQS sqs;
  private final String queueUrl;
  private final BatchFolder folder;

  public SqsAnnouncer(AmazonSQS sqs, String queueUrl, BatchFolder folder) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.folder = folder;
  }

  @Override
  public boolean announce(Manifest manifest) {
    List<Batch> batches = manifest.batches();
    for (int from = 0; from < batches.size(); from += MESSAGES_A_REQUEST) {
      int to = Math.min(from + MESSAGES_A_REQUEST, batches.size());
      if (!send(manifest, batches.subList(from, to))) {
        return false;
      }
    }
    return true;
  }

  private boolean send(Manifest manifest, List<Batch> batches) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (Batch batch : batches) {
      String body = ContractJson.write(ManifestMessage.of(folder, manifest, batch));
      entries.add(new SendMessageBatchRequestEntry(Integer.toString(entries.size()), body));
    }
    try {
      SendMessageBatchResult result =
          sqs.sendMessageBatch(new SendMessageBatchRequest(queueUrl, entries));
      if (!result.getFailed().isEmpty()) {
        log.warn(
            "SQS refused {} of {} messages of manifest {} ({}): the loader will find the batches in the log",
            result.getFailed().size(),
            entries.size(),
            manifest.number(),
            result.getFailed().get(0).getMessage());
      }
      return result.getFailed().isEmpty();
    } catch (SdkClientException e) {
      log.warn(
          "could not announce {} batches of manifest {}: the loader will find them in the log",
          entries.size(),
          manifest.number(),
          e);
      return false;
    }
  }
}
