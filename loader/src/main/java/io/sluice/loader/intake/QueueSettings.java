package io.sluice.loader.intake;

import static java.util.Objects.requireNonNull;

import io.sluice.common.config.Settings;
import java.net.URI;
import java.util.Optional;

/**
 * The queue of manifest messages.
 *
 * @param url the queue's address
 * @param deadLetterUrl where messages go that are not for this loader; without it they are left to
 *     the queue's redrive policy
 */
public record QueueSettings(URI url, Optional<URI> deadLetterUrl) {
  public QueueSettings {
    requireNonNull(url, "url");
    requireNonNull(deadLetterUrl, "deadLetterUrl");
    if (deadLetterUrl.filter(url::equals).isPresent()) {
      throw new IllegalArgumentException(
          "dead-letter-url must be another queue than url: a bad message would come back for ever");
    }
  }

  /** Reads the section {@code queue}. */
  public static QueueSettings read(Settings settings) {
    settings.string("url");
    Optional<URI> url = settings.endpoint("url");
    Optional<URI> deadLetterUrl = settings.endpoint("dead-letter-url");
    return settings.valid(() -> new QueueSettings(url.orElseThrow(), deadLetterUrl));
  }
}
