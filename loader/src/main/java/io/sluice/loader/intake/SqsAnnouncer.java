package io.sluice.loader.intake;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.BatchResultErrorEntry;
import com.amazonaws.services.sqs.model.SendMessageBatchRequestEntry;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.loader.intake.InboxException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends to Amazon SQS, by tens. See "SendMessageBatch" in the Amazon SQS API Reference. */
public final class SqsAnnouncer implements Announcer {
  private static final int MOST_A_REQUEST = 10;

  private final AmazonSQS sqs;
  private final String url;

  /** The queue of these settings, by a client that the caller closes. */
  public SqsAnnouncer(AmazonSQS sqs, QueueSettings settings) {
    this.sqs = sqs;
    this.url = settings.url().toString();
  }

  @Override
  public void announce(Collection<ManifestMessage> messages) {
    List<ManifestMessage> all = List.copyOf(messages);
    for (int from = 0; from < all.size(); from += MOST_A_REQUEST) {
      send(all.subList(from, Math.min(all.size(), from + MOST_A_REQUEST)));
    }
  }

  private void send(List<ManifestMessage> ten) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (ManifestMessage message : ten) {
      entries.add(
          new SendMessageBatchRequestEntry(
              Integer.toString(entries.size()), ContractJson.write(message)));
    }
    List<BatchResultErrorEntry> failed;
    try {
      failed = sqs.sendMessageBatch(url, entries).getFailed();
    } catch (SdkClientException e) {
      throw new InboxException(Kind.TRANSIENT, "cannot send to " + url + ": " + e.getMessage(), e);
    }
    if (!failed.isEmpty()) {
      throw new InboxException(
          Kind.TRANSIENT,
          "%s did not take %d of %d messages: %s"
              .formatted(url, failed.size(), ten.size(), failed.get(0).getMessage()),
          null);
    }
  }
}
