package io.sluice.writer.commit;

import io.sluice.common.manifest.FencedException;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.WriterRun;
import io.sluice.writer.announce.Announcer;
import io.sluice.writer.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start of a writer: it takes the marks of the last manifest and appends an empty one at once,
 * which fences whoever wrote before.
 */
public final class Takeover {
  private static final Logger log = LoggerFactory.getLogger(Takeover.class);

  /** A rival that starts at the same time can win the number a few times, not for ever. */
  private static final int ATTEMPTS = 5;

  /**
   * The last manifests are announced again: a predecessor may have died between its commit and its
   * messages.
   */
  private static final int ANNOUNCED_AGAIN = 5;

  private final ManifestLog manifests;
  private final Source source;
  private final Announcer announcer;
  private final WriterRun run;
  private final Duration interval;
  private final Clock clock;

  public Takeover(
      ManifestLog manifests,
      Source source,
      Announcer announcer,
      WriterRun run,
      Duration interval,
      Clock clock) {
    this.manifests = manifests;
    this.source = source;
    this.announcer = announcer;
    this.run = run;
    this.interval = interval;
    this.clock = clock;
  }

  /**
   * Takes the batch folder over.
   *
   * @return the takeover as it stands in the log: the next manifest follows it
   * @throws FencedException when other writers took the folder again and again in the meantime
   */
  public Manifest take() {
    for (int attempt = 1; ; attempt++) {
      Manifest takeover = next();
      try {
        manifests.append(takeover);
        log.info(
            "took {} over by manifest {}, attempt {}",
            manifests.folder(),
            takeover.number(),
            run.attempt());
        announceAgain(takeover.number());
        return takeover;
      } catch (FencedException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        log.warn("manifest {} went to another writer, looking again", takeover.number());
      }
    }
  }

  private Manifest next() {
    long last = manifests.lastNumber();
    List<SourceProgress> committed = last == 0 ? List.of() : committed(last);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Manifest(
        last + 1,
        Manifest.Kind.TAKEOVER,
        run,
        now,
        interval,
        source.resume(committed),
        List.of(),
        Rejects.none(),
        now);
  }

  private List<SourceProgress> committed(long number) {
    Manifest manifest =
        manifests
            .read(number)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "manifest " + number + " of " + manifests.folder() + " has vanished"));
    return manifest.sources();
  }

  private void announceAgain(long takeover) {
    for (long number = Math.max(1, takeover - ANNOUNCED_AGAIN); number < takeover; number++) {
      if (!manifests.read(number).map(announcer::announce).orElse(true)) {
        // The queue does not answer: the loader finds the rest in the log.
        return;
      }
    }
  }
}
