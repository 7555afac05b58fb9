package io.sluice.acceptance.benchmark.loading;

import com.amazonaws.services.sqs.model.GetQueueAttributesRequest;
import io.sluice.acceptance.benchmark.S3Requests;
import io.sluice.common.manifest.TableName;
import io.sluice.stack.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is live in the loader's heap while batches wait that it cannot load, for their table is
 * paused: in the manifest log and as messages. Another table, which has nothing, keeps the loader
 * receiving until it holds and hides as many messages as it ever does.
 */
final class LiveHeap {
  private static final TableName PAUSED = TableName.parse("public.paused_events");
  private static final TableName IDLE = TableName.parse("public.idle_events");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LOOKS_ONCE_SETTLED = 10;
  private static final double MEGABYTE = 1e6;

  private final Stand stand;
  private final WaitingBatches waiting;
  private final Consumer<String> progress;

  /**
   * What one loader held.
   *
   * @param batches that waited
   * @param held the most messages that it held or had hidden
   * @param peakMb the most that was live after a full collection
   * @param looks how often that was asked
   */
  record Found(int batches, int held, double peakMb, int looks) {}

  LiveHeap(Stand stand, Path data, Consumer<String> progress) {
    this.stand = stand;
    this.waiting = new WaitingBatches(stand, stand.folder("waiting"), PAUSED, data);
    this.progress = progress;
    stand.execute(EventRows.ddl(PAUSED), EventRows.ddl(IDLE));
  }

  /** Lets so many batches wait, more than before, and watches a new loader. */
  Found with(int batches) {
    waiting.growTo(batches);
    String queue = stand.queue("waiting-" + batches);
    waiting.announce(queue);
    progress.accept("%-8s %,d batches wait".formatted("heap", batches));
    LoaderSettings settings =
        new LoaderSettings(queue, waiting.folder(), List.of(PAUSED, IDLE), "copy.max-wait = 1s");
    stand.command(settings, "init");
    stand.command(settings, "pause", "--table", PAUSED.toString(), "--reason", "benchmark");
    try (ChildProcess loader = stand.startLoader(settings, "-Xmx256m", PATIENCE)) {
      return watch(loader, queue, batches);
    } finally {
      stand.clients().sqs().deleteQueue(queue);
    }
  }

  private Found watch(ChildProcess loader, String queue, int batches) {
    Settling settling = new Settling(stand.s3Requests());
    HeapLooks looks = new HeapLooks(loader);
    loader.await(
        "it had taken in what it takes in",
        PATIENCE,
        () -> looks.look() && settling.hasSettled(inFlight(queue)));
    Found found = new Found(batches, settling.held(), looks.peak() / MEGABYTE, looks.count());
    progress.accept(
        "%-8s %,d batches wait, %,d messages held or hidden, %.1f MB live at the most"
            .formatted("heap", batches, found.held(), found.peakMb()));
    return found;
  }

  private int inFlight(String queue) {
    String name = "ApproximateNumberOfMessagesNotVisible";
    return Integer.parseInt(
        stand
            .clients()
            .sqs()
            .getQueueAttributes(new GetQueueAttributesRequest(queue).withAttributeNames(name))
            .getAttributes()
            .get(name));
  }

  /**
   * Tells when a loader takes in nothing more: no more messages than before are in flight, and S3
   * has nothing to do, which is asked for each manifest that catch-up reads.
   */
  private static final class Settling {
    private final S3Requests requests;
    private Map<String, Long> asked = Map.of();
    private int held;
    private int unchanged;

    private Settling(S3Requests requests) {
      this.requests = requests;
    }

    private boolean hasSettled(int inFlight) {
      Map<String, Long> now = requests.settled();
      boolean changed = inFlight > held || !now.equals(asked);
      unchanged = changed ? 0 : unchanged + 1;
      held = Math.max(held, inFlight);
      asked = now;
      return unchanged >= LOOKS_ONCE_SETTLED;
    }

    /** The most messages that were in flight. */
    private int held() {
      return held;
    }
  }
}
