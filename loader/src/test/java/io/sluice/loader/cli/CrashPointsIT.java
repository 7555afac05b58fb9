package io.sluice.loader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.amazonaws.services.sqs.model.PurgeQueueRequest;
import io.sluice.common.aws.FaultControl.Order;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.stack.LoaderPlace;
import io.sluice.loader.stack.LoaderProcess;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What happens to the built loader at every {@link CrashPoint}, each with a table of its own: one
 * process stands still at all of them at the same time.
 */
class CrashPointsIT {
  @RegisterExtension private final LoaderPlace place = new LoaderPlace();
  private final Map<CrashPoint, TableName> tables = new EnumMap<>(CrashPoint.class);
  private final Map<CrashPoint, ManifestMessage> messages = new EnumMap<>(CrashPoint.class);
  private final Map<CrashPoint, Order> holds = new EnumMap<>(CrashPoint.class);

  CrashPointsIT() {
    for (CrashPoint point : CrashPoint.values()) {
      tables.put(point, place.newTable(point.name().toLowerCase(Locale.ROOT)));
    }
    // Catch-up only at the start: later it would meet the faults that are meant for loads.
    place.configure("loader { copy.max-concurrency = 100, catch-up.interval = 1h }");
  }

  @AfterEach
  void withdraw() {
    holds.values().forEach(Order::close);
    holds.clear();
  }

  /** The messages come to the next loader when their visibility ends. */
  @TestFactory
  Stream<DynamicTest> loadsOnceAfterAKill() {
    LoaderProcess killed = place.start().awaitReady();
    holdAll();
    assertThat(place.queues().hiddenMessages()).isEqualTo(tables.size() - 1);
    killed.kill();

    LoaderProcess next = place.start();

    place.queues().awaitMessages(0);
    return loadedOnce(
        point -> {
          switch (point) {
            case COMMITTED, DELETE_DUE -> assertKnown(next, point);
            case DELETED -> assertThat(next.log()).doesNotContain("of " + tables.get(point));
            default -> assertLoaded(next, point);
          }
        });
  }

  /** The manifest log is all that the next loader has. */
  @TestFactory
  Stream<DynamicTest> loadsOnceAfterAKillThatTookTheMessages() {
    LoaderProcess killed = place.start().awaitReady();
    holdAll();
    place.stack().sqs().purgeQueue(new PurgeQueueRequest(place.queues().url()));
    killed.kill();

    LoaderProcess next = place.start();

    awaitLoaded(point -> true);
    next.awaitLog("picked up 8 batches of ");
    return loadedOnce(
        point -> {
          if (point.isLoaded()) {
            assertThat(next.log()).doesNotContain("of " + tables.get(point));
          } else {
            assertLoaded(next, point);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> loadsOnceAfterALostConnection() {
    LoaderProcess loader = place.start().awaitReady();
    for (CrashPoint point : backwards()) {
      if (point == CrashPoint.HELD) {
        // The sessions that earlier loads left need no login.
        place.sql().end(place.sql().idleSessions());
      }
      try (Order loss = place.stack().faults().order(point.loss(place, tables.get(point)))) {
        announce(point);
        if (point == CrashPoint.DELETE_DUE) {
          loader.awaitLog("1 messages of loaded batches were not deleted, they come again");
        }
        await(point + " is reached").atMost(LoaderProcess.PATIENCE).until(() -> loss.struck() > 0);
      }
      awaitLoaded(point::equals);
    }

    place.queues().awaitMessages(0);
    return loadedOnce(
        point -> {
          assertLoaded(loader, point);
          switch (point) {
            case RECEIVED, DELETE_DUE, DELETED -> {}
            case COMMIT_SENT, COMMITTED -> assertSaid(loader, point, "asking the ledger in ");
            default -> assertSaid(loader, point, "try 2 in ");
          }
        });
  }

  /** By the writer, and by the queue. */
  @TestFactory
  Stream<DynamicTest> loadsOnceWhatIsAnnouncedAgain() {
    LoaderProcess loader = place.start().awaitReady();
    // An answer that is held would keep the loader from receiving anything again.
    backwards().stream().filter(point -> point != CrashPoint.RECEIVED).forEach(this::hold);
    try (Order doubled =
        place.stack().faults().order(FaultOrder.of(StandIn.SQS, Fault.DUPLICATE).always())) {
      announce(CrashPoint.RECEIVED);
      messages.values().forEach(place.queues()::send);
      await("all are received twice")
          .atMost(LoaderProcess.PATIENCE)
          .until(() -> doubled.struck() > tables.size());
    }

    withdraw();

    awaitLoaded(point -> true);
    place.queues().awaitMessages(0);
    return loadedOnce(point -> assertLoaded(loader, point));
  }

  /** The second one gets each message as well. */
  @TestFactory
  Stream<DynamicTest> loadsOnceBesideASecondLoader() {
    LoaderProcess first = place.start().awaitReady();
    holdAll();
    LoaderProcess second = place.start().awaitReady();
    messages.values().forEach(place.queues()::send);
    second.awaitLog("1 batches of " + tables.get(CrashPoint.DELETED) + " were in the ledger");

    // Who is about to commit keeps all others from the ledger.
    holds.remove(CrashPoint.COMMIT_SENT).close();
    awaitLoaded(point -> !point.isLocked() || point == CrashPoint.COMMIT_SENT);
    await("the second waits for the locks of the first")
        .atMost(LoaderProcess.PATIENCE)
        .until(() -> place.waitingForLocks() == 4);
    withdraw();

    awaitLoaded(point -> true);
    place.queues().awaitMessages(0);
    return loadedOnce(
        point -> {
          boolean firstWasAhead = point.isLocked() || point.isLoaded();
          assertLoaded(firstWasAhead ? first : second, point);
          assertKnown(firstWasAhead ? second : first, point);
        });
  }

  /** From the last point on, for the earlier ones keep those behind them from coming by. */
  private static List<CrashPoint> backwards() {
    List<CrashPoint> points = new ArrayList<>(Arrays.asList(CrashPoint.values()));
    Collections.reverse(points);
    return points;
  }

  private void holdAll() {
    backwards().forEach(this::hold);
  }

  private void hold(CrashPoint point) {
    Order order = place.stack().faults().order(point.hold(place, tables.get(point)));
    holds.put(point, order);
    announce(point);
    await(point + " is reached").atMost(LoaderProcess.PATIENCE).until(order::isSpent);
  }

  private void announce(CrashPoint point) {
    messages.put(point, place.announce(tables.get(point), "1,x"));
  }

  private void awaitLoaded(Predicate<CrashPoint> which) {
    for (CrashPoint point : CrashPoint.values()) {
      if (which.test(point)) {
        await(point + " is loaded")
            .atMost(LoaderProcess.PATIENCE)
            .until(() -> ledgerRows(point).equals(List.of("1")));
      }
    }
  }

  private Stream<DynamicTest> loadedOnce(Consumer<CrashPoint> log) {
    Map<String, String> deadLetters = place.queues().deadLetters();
    return Arrays.stream(CrashPoint.values())
        .map(
            point ->
                dynamicTest(
                    point.name(),
                    () -> {
                      assertThat(place.ids(tables.get(point))).containsExactly("1");
                      assertThat(ledgerRows(point)).containsExactly("1");
                      assertThat(place.queues().messages()).isZero();
                      assertThat(deadLetters).isEmpty();
                      await().atMost(LoaderProcess.PATIENCE).untilAsserted(() -> log.accept(point));
                    }));
  }

  private List<String> ledgerRows(CrashPoint point) {
    return place
        .sql()
        .rows(
            "SELECT row_count FROM %s WHERE table_name = '%s'"
                .formatted(place.ledger(), tables.get(point)));
  }

  /** It has loaded the batch itself, and once. */
  private void assertLoaded(LoaderProcess loader, CrashPoint point) {
    assertThat(loader.log()).containsOnlyOnce(" of " + tables.get(point) + ": 1 batches, ");
  }

  /** It has met the batch in the ledger. */
  private void assertKnown(LoaderProcess loader, CrashPoint point) {
    assertThat(loader.log())
        .contains("1 batches of " + tables.get(point) + " were in the ledger already")
        .doesNotContain(" of " + tables.get(point) + ": 1 batches, ");
  }

  private void assertSaid(LoaderProcess loader, CrashPoint point, String words) {
    assertThat(loader.log()).containsPattern("WARN .* " + tables.get(point) + ": .*; " + words);
  }
}
