package io.sluice.loader.operate.doctor;

import io.sluice.loader.intake.QueueAttributes;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.intake.Queues;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the queue is set up. Its own times of visibility and of waiting do not matter, for the loader
 * asks for both on each receive.
 */
record QueueCheck(QueueSettings settings, Queues queues) implements Check {
  private static final Duration ENOUGH_RETENTION = Duration.ofDays(4);
  private static final Duration LONG_VISIBILITY = Duration.ofHours(1);

  /** A message of a full backlog, or one that is held for long, comes again now and then. */
  private static final int FEW_RECEIVES = 5;

  @Override
  public String subject() {
    return "queue";
  }

  @Override
  public List<Finding> run() {
    QueueAttributes queue = queues.attributes(settings.url());
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok(subject(), "there, and polled for long by the loader itself"));
    findings.add(retention("queue retention", queue.retention()));
    findings.add(
        queue.visibility().compareTo(LONG_VISIBILITY) > 0
            ? Finding.warn(
                "queue visibility",
                "%d s for readers that do not say".formatted(queue.visibility().toSeconds()),
                "set it to 30 s: whoever looks into the queue hides its messages for that long")
            : Finding.ok("queue visibility", queue.visibility().toSeconds() + " s"));
    findings.add(redrive(queue.redrive()));
    return findings;
  }

  private static Finding retention(String subject, Duration retention) {
    String what = "%d h".formatted(retention.toHours());
    return retention.compareTo(ENOUGH_RETENTION) < 0
        ? Finding.warn(
            subject,
            what,
            "set it to 4 days or more: catch-up finds what is lost, but an outage is then seen too late")
        : Finding.ok(subject, what);
  }

  private Finding redrive(Optional<QueueAttributes.Redrive> policy) {
    String subject = "queue redrive policy";
    if (policy.isEmpty()) {
      return settings.deadLetterUrl().isPresent()
          ? Finding.ok(subject, "none, the loader itself moves what it cannot read")
          : Finding.warn(
              subject,
              "none, and no loader.queue.dead-letter-url",
              "set one of them: a message that cannot be read comes again for ever");
    }
    String target = policy.get().targetName();
    if (settings.deadLetterUrl().map(url -> !name(url).equals(target)).orElse(false)) {
      return Finding.warn(
          subject,
          "moves messages to %s, and the loader to %s"
              .formatted(target, name(settings.deadLetterUrl().get())),
          "name the same queue in both: redrive looks into the loader's");
    }
    if (policy.get().maxReceives() < FEW_RECEIVES) {
      return Finding.warn(
          subject,
          "moves a message away after %d receives".formatted(policy.get().maxReceives()),
          "set maxReceiveCount to 5 or more: a restart or a full backlog makes messages come again");
    }
    return Finding.ok(
        subject, "to %s after %d receives".formatted(target, policy.get().maxReceives()));
  }

  private static String name(URI queue) {
    String path = queue.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
