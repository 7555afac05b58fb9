package io.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of loads that ended well, for the loads that follow: when the loader is behind, a login
 * a load would be a tenth of its time.
 *
 * <p>None waits for longer than {@link #IDLE}, far less than what firewalls and load balancers
 * grant a silent connection, nor lives longer than {@link #LIFE}, so that a login that was
 * withdrawn ends. Safe for use by several threads.
 */
final class KeptSessions {
  static final Duration IDLE = Duration.ofMinutes(1);
  static final Duration LIFE = Duration.ofHours(1);

  /** Loads of more tables at a time log in each. */
  static final int MOST = 8;

  private static final Logger log = LoggerFactory.getLogger(KeptSessions.class);

  private final InstantSource clock;
  private final Executor afterIdle;

  /** The one that was used last comes first. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  KeptSessions(InstantSource clock) {
    this(clock, CompletableFuture.delayedExecutor(IDLE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** {@code afterIdle} runs things {@link #IDLE} later. */
  KeptSessions(InstantSource clock, Executor afterIdle) {
    this.clock = clock;
    this.afterIdle = afterIdle;
  }

  /**
   * A session that waits for a load.
   *
   * @param since when it was left by the one before
   */
  record Waiting(Session session, Instant since) {}

  /** The one that was used last, if there is one: whether it is still alive, its user must ask. */
  Optional<Waiting> take() {
    closeSpent();
    synchronized (waiting) {
      return Optional.ofNullable(waiting.pollFirst());
    }
  }

  /** Keeps a session in which nothing is open, or closes it if there are enough. */
  void keep(Session session) {
    Instant now = clock.instant();
    boolean kept = false;
    synchronized (waiting) {
      if (waiting.size() < MOST && !isOld(session, now)) {
        waiting.addFirst(new Waiting(session, now));
        kept = true;
      }
    }
    if (kept) {
      afterIdle.execute(this::closeSpent);
    } else {
      close(session.connection());
    }
  }

  private void closeSpent() {
    Instant now = clock.instant();
    List<Waiting> spent = new ArrayList<>();
    synchronized (waiting) {
      waiting.stream()
          .filter(each -> isOld(each.session(), now) || !now.isBefore(each.since().plus(IDLE)))
          .forEach(spent::add);
      waiting.removeAll(spent);
    }
    spent.forEach(each -> close(each.session().connection()));
  }

  private static boolean isOld(Session session, Instant now) {
    return !now.isBefore(session.openedAt().plus(LIFE));
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is open in it, and the server ends what its client left.
      log.debug("cannot close a session that nobody needs", e);
    }
  }
}
