package io.sluice.loader.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderStack;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SqsAnnouncerIT {
  private final LoaderStack stack = LoaderStack.shared();

  @Test
  void sendsAsTheWriterDoesByTens() {
    QueueSettings settings = settings(stack.newQueue());
    List<ManifestMessage> messages = LongStream.rangeClosed(1, 23).mapToObj(this::message).toList();

    new SqsAnnouncer(stack.sqs(), settings).announce(messages);
    new SqsAnnouncer(stack.sqs(), settings).announce(List.of());

    Inbox inbox = new SqsInbox(stack.sqs(), settings, Duration.ofSeconds(30));
    Set<Long> numbers = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      inbox
          .receive(Duration.ofSeconds(5))
          .forEach(delivery -> numbers.add(ContractJson.readMessage(delivery.body()).manifest()));
    }
    assertThat(numbers).hasSize(23);
  }

  @Test
  void saysWhichQueueItCannotReach() {
    QueueSettings settings = settings(stack.newQueue() + "-gone");

    assertThatThrownBy(() -> new SqsAnnouncer(stack.sqs(), settings).announce(List.of(message(1))))
        .isInstanceOf(InboxException.class)
        .hasMessageStartingWith("cannot send to " + settings.url());
  }

  private ManifestMessage message(long number) {
    Instant time = Instant.parse("2026-11-22T05:12:30Z");
    return new ManifestMessage(
        BatchFolder.parse("s3://bucket/x"), number, TableName.parse("things"), 1, 1, 1, time, time);
  }

  private static QueueSettings settings(String url) {
    return new QueueSettings(URI.create(url), Optional.empty());
  }
}
