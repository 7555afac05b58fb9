package io.sluice.acceptance.benchmark.loading;

import com.amazonaws.services.sqs.AmazonSQS;
import com.amazonaws.services.sqs.model.DeleteMessageBatchRequestEntry;
import com.amazonaws.services.sqs.model.Message;
import com.amazonaws.services.sqs.model.ReceiveMessageRequest;
import io.sluice.acceptance.benchmark.loading.Rounds.Way;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.intake.Backlog;
import io.sluice.loader.intake.Delivery;
import io.sluice.loader.intake.QueueSettings;
import io.sluice.loader.intake.Receiver;
import io.sluice.loader.intake.RetryingInbox;
import io.sluice.loader.intake.SqsInbox;
import io.sluice.loader.intake.VisibilityKeeper;
import io.sluice.loader.plan.Backoff;
import io.sluice.loader.plan.PendingBatch;
import io.sluice.loader.retry.Retries;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * How many messages a second are received and deleted by tens: through the loader's intake, in this
 * JVM, beside the same requests by nothing but the SDK. On one thread, which receives and deletes
 * in turn, and as the loader does it: one thread receives, one a table deletes, four tables.
 */
final class IntakeSpeed {
  static final String INTAKE_ONE = "intake, one thread";
  static final String BARE_ONE = "SDK alone, one thread";
  static final String INTAKE_MORE = "intake, one receives, four delete";
  static final String BARE_MORE = "SDK alone, one receives, four delete";

  private static final int TABLES = 4;
  private static final int TEN = 10;
  private static final int ROOM = 100;
  private static final Duration VISIBILITY = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final double NANOS = 1e9;

  private final Stand stand;
  private final Clock clock;
  private final int messages;
  private final BatchFolder folder;
  private final List<TableName> tables =
      IntStream.range(0, TABLES).mapToObj(i -> TableName.parse("public.t" + i)).toList();
  private final String queue;

  IntakeSpeed(Stand stand, int messages, Clock clock) {
    this.stand = stand;
    this.clock = clock;
    this.messages = messages;
    this.folder = stand.folder("intake");
    this.queue = stand.queue("intake");
  }

  List<Way> ways() {
    return List.of(
        new Way(INTAKE_ONE, () -> timed(this::intakeOnOneThread)),
        new Way(BARE_ONE, () -> timed(this::bareOnOneThread)),
        new Way(INTAKE_MORE, () -> timed(this::intakeOnMoreThreads)),
        new Way(BARE_MORE, () -> timed(this::bareOnMoreThreads)));
  }

  private void intakeOnOneThread() {
    Intake intake = new Intake();
    while (intake.settled.get() < messages) {
      intake.receiver.receive(Duration.ZERO);
      intake.backlogs.values().forEach(intake::settle);
    }
  }

  private void bareOnOneThread() {
    int deleted = 0;
    while (deleted < messages) {
      List<Message> ten = receive();
      delete(ten);
      deleted += ten.size();
    }
  }

  private void intakeOnMoreThreads() throws InterruptedException {
    Intake intake = new Intake();
    List<Runnable> deleting = new ArrayList<>();
    for (Backlog backlog : intake.backlogs.values()) {
      deleting.add(
          () -> {
            while (intake.settled.get() < messages) {
              if (!intake.settle(backlog)) {
                awaitChange(backlog);
              }
            }
          });
    }
    beside(
        deleting,
        () -> {
          for (int received = 0; received < messages; received = intake.received()) {
            intake.receiver.receive(Duration.ZERO);
          }
        });
  }

  private void bareOnMoreThreads() throws InterruptedException {
    BlockingQueue<List<Message>> handed = new ArrayBlockingQueue<>(ROOM);
    AtomicInteger deleted = new AtomicInteger();
    List<Runnable> deleting = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      deleting.add(
          () -> {
            while (deleted.get() < messages) {
              List<Message> ten = poll(handed);
              delete(ten);
              deleted.addAndGet(ten.size());
            }
          });
    }
    beside(
        deleting,
        () -> {
          int received = 0;
          while (received < messages) {
            List<Message> ten = receive();
            received += ten.size();
            put(handed, ten);
          }
        });
  }

  /** Messages a second; the queue is full when it begins and empty in the end. */
  private double timed(Work work) throws InterruptedException {
    stand.send(queue, announcements());
    long begun = System.nanoTime();
    work.run();
    return messages / ((System.nanoTime() - begun) / NANOS);
  }

  /** Ten in a row are of one table, so that each is deleted by tens by either way. */
  private List<ManifestMessage> announcements() {
    Instant now = clock.instant();
    return IntStream.range(0, messages)
        .mapToObj(
            i ->
                new ManifestMessage(
                    folder, i + 1, tables.get(i / TEN % TABLES), 10_000, 1 << 20, 4, now, now))
        .toList();
  }

  private List<Message> receive() {
    return sqs()
        .receiveMessage(
            new ReceiveMessageRequest(queue)
                .withMaxNumberOfMessages(TEN)
                .withVisibilityTimeout((int) VISIBILITY.toSeconds()))
        .getMessages();
  }

  private void delete(List<Message> ten) {
    if (ten.isEmpty()) {
      return;
    }
    sqs()
        .deleteMessageBatch(
            queue,
            IntStream.range(0, ten.size())
                .mapToObj(
                    i ->
                        new DeleteMessageBatchRequestEntry(
                            Integer.toString(i), ten.get(i).getReceiptHandle()))
                .toList());
  }

  private AmazonSQS sqs() {
    return stand.clients().sqs();
  }

  private static void beside(List<Runnable> others, Runnable own) throws InterruptedException {
    List<Thread> threads = others.stream().map(other -> new Thread(other, "deleting")).toList();
    threads.forEach(Thread::start);
    own.run();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void awaitChange(Backlog backlog) {
    try {
      backlog.awaitChange(backlog.changes(), LOOK_EVERY);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static List<Message> poll(BlockingQueue<List<Message>> handed) {
    try {
      List<Message> ten = handed.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      return ten == null ? List.of() : ten;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void put(BlockingQueue<List<Message>> handed, List<Message> ten) {
    try {
      handed.put(ten);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  /** The loader's own classes, put together as the loader does it. */
  private final class Intake {
    private final Map<TableName, Backlog> backlogs = new LinkedHashMap<>();
    private final RetryingInbox inbox;
    private final VisibilityKeeper keeper;
    private final Receiver receiver;
    private final AtomicInteger settled = new AtomicInteger();

    private Intake() {
      inbox =
          new RetryingInbox(
              new SqsInbox(
                  sqs(), new QueueSettings(URI.create(queue), Optional.empty()), VISIBILITY),
              new Retries(Backoff.RETRIES, 1, RetryingInbox::passes, new Random()));
      keeper = new VisibilityKeeper(inbox, clock);
      // Room for all of them, for what is parked is not deleted.
      tables.forEach(table -> backlogs.put(table, new Backlog(2 * messages)));
      receiver = new Receiver(inbox, keeper, Set.of(folder), backlogs, held -> {}, clock);
    }

    private int received() {
      return settled.get() + backlogs.values().stream().mapToInt(Backlog::size).sum();
    }

    /**
     * What the loader does once batches are in the ledger: by whole tens, as long as more come.
     * Returns whether there was anything to do.
     */
    private boolean settle(Backlog backlog) {
      if (backlog.size() < TEN && received() < messages) {
        return false;
      }
      List<PendingBatch> loaded = backlog.pending(clock.instant());
      if (loaded.isEmpty()) {
        return false;
      }
      List<Delivery> deliveries = backlog.settle(loaded.stream().map(PendingBatch::id).toList());
      keeper.forget(deliveries);
      inbox.delete(deliveries);
      settled.addAndGet(deliveries.size());
      return true;
    }
  }
}
