package io.sluice.loader.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.TestClock;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.InMemoryInbox;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.plan.BatchId;
import io.sluice.loader.store.LandedFolder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");

  private final TestClock clock = new TestClock();
  private final LandedFolder landed = new LandedFolder(new InMemoryObjectStore(), FOLDER);
  private final InMemoryInbox inbox = new InMemoryInbox(clock, Duration.ofMinutes(2), true);
  private final VisibilityKeeper keeper = new VisibilityKeeper(inbox, clock);
  private final Backlog backlog = new Backlog(1000);

  @Test
  void deletesBesideTheOneWhoLoads() {
    Queue<Runnable> later = new ArrayDeque<>();
    Settlement settlement = new Settlement(inbox, keeper, later::add);

    settlement.settle(backlog, List.of(held()));

    assertThat(keeper.held()).isEmpty();
    assertThat(inbox.size()).isEqualTo(1);
    later.remove().run();
    assertThat(inbox.size()).isZero();
    settlement.finish(Duration.ZERO);
  }

  @Test
  void leavesTheMessagesToTheNextLoaderWhenThisOneHasStopped() {
    Executor stopped =
        task -> {
          throw new RejectedExecutionException("stopped");
        };
    Settlement settlement = new Settlement(inbox, keeper, stopped);

    settlement.settle(backlog, List.of(held()));

    assertThat(backlog.size()).isZero();
    assertThat(inbox.size()).isEqualTo(1);
    settlement.finish(Duration.ofMinutes(1));
  }

  private BatchId held() {
    inbox.send(landed.land(TABLE, "1,a"));
    new Receiver(inbox, keeper, Set.of(FOLDER), Map.of(TABLE, backlog), held -> {}, clock)
        .receive(Duration.ZERO);
    return backlog.pending(clock.instant()).get(0).id();
  }
}
