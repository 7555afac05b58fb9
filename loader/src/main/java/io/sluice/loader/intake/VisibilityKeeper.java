package io.sluice.loader.intake;

import io.sluice.loader.words.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps held messages from being handed out again, however long their COPY takes.
 *
 * <p>The longer a message has been held, the longer it is hidden at a time, up to {@link #LONGEST}:
 * a loader that dies leaves its messages hidden for at most {@link #TIMES_ITS_AGE} times as long as
 * it had held them, and thousands that wait for a repair cost few requests. The next loader does
 * not wait for them either, for it compares the log with the ledger when it starts.
 *
 * <p>SQS ends a message's invisibility twelve hours after it was received, whatever one asks for.
 * Shortly before, it is given back: it is received anew, with twelve hours more, and joins its
 * batch, which is still held or in the ledger. Each time counts for the queue's {@code
 * maxReceiveCount}: twice a day. Safe for use by several threads.
 */
public final class VisibilityKeeper {
  /** How long a message may be hidden after it was received: SQS's twelve hours, less a margin. */
  static final Duration LONGEST_HOLD = Duration.ofHours(12).minusMinutes(5);

  /** How long a message is hidden at a time at the most. */
  static final Duration LONGEST = Duration.ofMinutes(8);

  static final int TIMES_ITS_AGE = 4;

  /** How long a stop spends on giving messages back. */
  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(10);

  private static final int RELEASED_AT_ONCE = 100;

  private static final Logger log = LoggerFactory.getLogger(VisibilityKeeper.class);

  private final Inbox inbox;
  private final InstantSource clock;
  private final Map<String, Held> held = new LinkedHashMap<>();

  /** {@code clock} measures how long a message is held: it should never jump. */
  public VisibilityKeeper(Inbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Keeps a message from now on; a later delivery of the same message takes its place. */
  public void hold(Delivery delivery) {
    Instant now = clock.instant();
    put(new Held(delivery, now, now, inbox.visibility()));
  }

  /** Lets messages go that are deleted or given back. */
  public synchronized void forget(Collection<Delivery> deliveries) {
    deliveries.forEach(
        delivery ->
            held.computeIfPresent(
                delivery.messageId(),
                (id, known) -> known.delivery().equals(delivery) ? null : known));
  }

  /** What is held now. */
  public synchronized List<Delivery> held() {
    return held.values().stream().map(Held::delivery).toList();
  }

  /** How many messages are held now. */
  public synchronized int size() {
    return held.size();
  }

  /** One pass over all that is held: to be called a few times in each visibility time. */
  public void extend() {
    Instant now = clock.instant();
    List<Held> spent = new ArrayList<>();
    Map<Duration, List<Held>> due = new TreeMap<>();
    for (Held message : all()) {
      Duration next = message.nextVisibility(now, inbox.visibility());
      if (message.age(now).plus(next).compareTo(LONGEST_HOLD) > 0) {
        spent.add(message);
      } else if (message.isDue(now)) {
        due.computeIfAbsent(next, visibility -> new ArrayList<>()).add(message);
      }
    }
    // The shortest first: they are the most urgent.
    due.forEach((visibility, messages) -> extend(messages, visibility, now));
    letGo(spent);
  }

  private void extend(List<Held> messages, Duration visibility, Instant now) {
    List<Delivery> deliveries = deliveries(messages);
    try {
      List<Delivery> lost = inbox.extend(deliveries, visibility);
      messages.forEach(message -> replace(message, message.hidden(now, visibility)));
      // One that was settled meanwhile is no longer held, and no loss.
      long missed = lost.stream().filter(this::isHeld).count();
      forget(lost);
      if (missed > 0) {
        log.info("{} held messages will be handed out again: the ledger tells them", missed);
      }
    } catch (InboxException e) {
      log.warn(
          "cannot keep {} held messages hidden, trying again: {}",
          deliveries.size(),
          e.getMessage());
    }
  }

  private void letGo(List<Held> spent) {
    if (spent.isEmpty()) {
      return;
    }
    List<Delivery> deliveries = deliveries(spent);
    try {
      inbox.extend(deliveries, Duration.ZERO);
      log.info(
          "{} messages have been held for almost twelve hours: they are received anew",
          deliveries.size());
      forget(deliveries);
    } catch (InboxException e) {
      log.warn("cannot give {} messages back, trying again: {}", spent.size(), e.getMessage());
    }
  }

  /** Gives back what is held, so that another loader can have it at once. */
  public int release() {
    List<Delivery> deliveries = held();
    Instant end = clock.instant().plus(RELEASE_PATIENCE);
    int released = 0;
    try {
      while (released < deliveries.size() && !clock.instant().isAfter(end)) {
        int next = Math.min(deliveries.size(), released + RELEASED_AT_ONCE);
        inbox.extend(deliveries.subList(released, next), Duration.ZERO);
        released = next;
      }
    } catch (InboxException e) {
      log.warn("cannot give messages back: {}", e.getMessage());
    }
    if (released < deliveries.size()) {
      log.warn(
          "{} messages were not given back, they come again within {}",
          deliveries.size() - released,
          Durations.words(LONGEST));
    }
    forget(deliveries);
    return released;
  }

  private synchronized List<Held> all() {
    return List.copyOf(held.values());
  }

  private synchronized void put(Held message) {
    held.put(message.delivery().messageId(), message);
  }

  private synchronized void replace(Held message, Held by) {
    held.replace(message.delivery().messageId(), message, by);
  }

  private synchronized boolean isHeld(Delivery delivery) {
    Held known = held.get(delivery.messageId());
    return known != null && known.delivery().equals(delivery);
  }

  private static List<Delivery> deliveries(List<Held> messages) {
    return messages.stream().map(Held::delivery).toList();
  }

  /**
   * @param hiddenAt when it was hidden last
   * @param visibility for how long it was hidden then
   */
  private record Held(
      Delivery delivery, Instant receivedAt, Instant hiddenAt, Duration visibility) {
    private Duration age(Instant now) {
      return Duration.between(receivedAt, now);
    }

    /** After a third of the time, so that two requests may fail. */
    private boolean isDue(Instant now) {
      return !now.isBefore(hiddenAt.plus(visibility.dividedBy(3)));
    }

    /** The queue's own visibility, doubled as far as the message's age allows. */
    private Duration nextVisibility(Instant now, Duration first) {
      Duration allowed = age(now).multipliedBy(TIMES_ITS_AGE);
      Duration next = first;
      Duration doubled = next.multipliedBy(2);
      while (doubled.compareTo(allowed) <= 0 && doubled.compareTo(LONGEST) <= 0) {
        next = doubled;
        doubled = next.multipliedBy(2);
      }
      return next;
    }

    private Held hidden(Instant now, Duration time) {
      return new Held(delivery, receivedAt, now, time);
    }
  }
}
