package io.sluice.writer.source.direct;

import com.amazonaws.services.kinesis.model.LimitExceededException;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import io.sluice.common.manifest.ShardMark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of one shard, one after another: read ahead on the pool while its reader is busy or
 * away, fetched in the reader's own thread when nothing is there. So a reader never waits for room
 * in the pool or in memory.
 *
 * <p>One reader at a time; safe for that and the pool's threads.
 */
final class ShardFeed {
  private static final Logger log = LoggerFactory.getLogger(ShardFeed.class);

  /** The most that Kinesis gives in one answer. */
  static final int RECORDS_A_CALL = 10_000;

  /** At the tip, the KCL's own pace: what is left of the five calls belongs to other consumers. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final Duration FULL = Duration.ofMillis(100);

  private final ShardCursor cursor;
  private final Pacer pacer;
  private final ReadAhead ahead;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fetched = lock.newCondition();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final Backoff backoff = new Backoff();

  private long bytes;
  private boolean fetching;
  private boolean scheduled;
  private boolean closed;

  /** The mark that the next record follows, set when the reader leaves. */
  private ShardMark mark;

  /** A feed that reads up to {@code maxBytes} ahead, 0 for none. */
  ShardFeed(ShardCursor cursor, Pacer pacer, ReadAhead ahead, long maxBytes) {
    this.cursor = cursor;
    this.pacer = pacer;
    this.ahead = ahead;
    this.maxBytes = maxBytes;
  }

  /** Whether what a reader leaves is kept for the next. */
  boolean isKept() {
    return maxBytes > 0;
  }

  /** Begins to read ahead. */
  void start() {
    lock.lock();
    try {
      schedule(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  /** The mark that the next record follows, known while no reader is here. */
  ShardMark mark() {
    return mark;
  }

  boolean mayBeYetToCome() {
    return cursor.mayBeYetToCome();
  }

  /**
   * The next answer: one that was read ahead, or one that is fetched now; the exceptions are those
   * of Kinesis. Nothing may be asked for after the answer that is the end.
   */
  Answer next(int limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (fetching) {
        // The call that is under way is bounded by the client's own time-outs.
        fetched.await();
      }
      Answer ready = answers.poll();
      if (ready != null) {
        release(ready);
        schedule(Duration.ZERO);
        return ready;
      }
      fetching = true;
    } finally {
      lock.unlock();
    }
    return fetchNow(limit);
  }

  /** The reader leaves at this mark; {@code rest} of an answer follows it, null when nothing. */
  void leave(ShardMark reached, Answer rest) {
    lock.lock();
    try {
      mark = reached;
      if (rest != null) {
        answers.addFirst(rest);
        bytes += rest.bytes();
        ahead.occupy(rest.bytes());
      }
      schedule(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  /** Throws everything away. */
  void close() {
    lock.lock();
    try {
      closed = true;
      ahead.release(bytes);
      bytes = 0;
      answers.clear();
    } finally {
      lock.unlock();
    }
  }

  private Answer fetchNow(int limit) throws InterruptedException {
    try {
      TimeUnit.NANOSECONDS.sleep(pacer.claimCall());
      Answer answer = cursor.fetch(limit);
      pacer.received(answer.bytes());
      return answer;
    } finally {
      lock.lock();
      try {
        fetching = false;
        fetched.signalAll();
        schedule(Duration.ZERO);
      } finally {
        lock.unlock();
      }
    }
  }

  private void schedule(Duration atLeast) {
    if (maxBytes > 0 && !scheduled && !closed && !cursorIsDone()) {
      scheduled = true;
      ahead.schedule(this::step, Math.max(atLeast.toNanos(), pacer.delay()));
    }
  }

  private boolean cursorIsDone() {
    return !fetching && cursor.isAtEnd();
  }

  /** One call on the pool, unless there is no room or the reader is at it itself. */
  private void step() {
    lock.lock();
    try {
      scheduled = false;
      if (closed || fetching || cursor.isAtEnd() || bytes >= maxBytes) {
        return;
      }
      if (!ahead.reserve()) {
        schedule(FULL);
        return;
      }
      fetching = true;
    } finally {
      lock.unlock();
    }
    fetchAhead();
  }

  private void fetchAhead() {
    Answer answer = null;
    Duration pause = IDLE;
    boolean goOn = true;
    try {
      TimeUnit.NANOSECONDS.sleep(pacer.claimCall());
      answer = cursor.fetch(RECORDS_A_CALL);
      pacer.received(answer.bytes());
      backoff.reset();
      pause = answer.behind().isZero() ? IDLE : Duration.ZERO;
    } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
      pause = backoff.next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      goOn = false;
    } catch (RuntimeException e) {
      // The reader will meet the same and say so; if there is none, nobody misses anything.
      log.debug("reading ahead has stopped", e);
      goOn = false;
    } finally {
      settle(answer, pause, goOn);
    }
  }

  private void settle(Answer answer, Duration pause, boolean goOn) {
    lock.lock();
    try {
      fetching = false;
      ahead.settle(answer == null || closed ? 0 : answer.bytes());
      if (answer != null && !closed) {
        keep(answer);
      }
      fetched.signalAll();
      if (goOn && bytes < maxBytes) {
        schedule(pause);
      }
    } finally {
      lock.unlock();
    }
  }

  private void keep(Answer answer) {
    if (answer.records().isEmpty() && !answers.isEmpty()) {
      answers.addLast(answers.removeLast().then(answer));
      return;
    }
    answers.addLast(answer);
    bytes += answer.bytes();
  }

  private void release(Answer answer) {
    bytes -= answer.bytes();
    ahead.release(answer.bytes());
  }
}
