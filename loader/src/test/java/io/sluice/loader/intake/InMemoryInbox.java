package io.sluice.loader.intake;

import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue in memory with visibility, at-least-once on order, and failures on order. Like SQS it
 * hides no message for more than twelve hours after it was received, and deletes by the newest
 * receipt only.
 */
public final class InMemoryInbox implements Inbox {
  private static final int MOST = 10;
  private static final Duration LONGEST_HOLD = Duration.ofHours(12);

  private final InstantSource clock;
  private final Duration visibility;
  private final boolean hasDeadLetters;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> deadLetters = new LinkedHashMap<>();
  private int ids;
  private boolean broken;
  private boolean failNext;
  private boolean failDelete;
  private boolean failDeadLetter;
  private int failExtends;
  private int requests;

  public InMemoryInbox(InstantSource clock, Duration visibility, boolean hasDeadLetters) {
    this.clock = clock;
    this.visibility = visibility;
    this.hasDeadLetters = hasDeadLetters;
  }

  public void send(ManifestMessage message) {
    send(ContractJson.write(message));
  }

  public synchronized void send(String body) {
    ids++;
    messages.put("m" + ids, new Message("m" + ids, body));
    notifyAll();
  }

  /** The next request of any kind fails. */
  public synchronized void failNext() {
    failNext = true;
  }

  /** The next delete fails, as if the process had died before it. */
  /** From now on a receive meets a fault of the program itself. */
  public synchronized void breakReceive() {
    broken = true;
  }

  public synchronized void failNextDelete() {
    failDelete = true;
  }

  /** The next message for the dead-letter queue is not taken. */
  public synchronized void failNextDeadLetter() {
    failDeadLetter = true;
  }

  /** So many requests to extend or give back fail. */
  public synchronized void failNextExtends(int times) {
    failExtends = times;
  }

  /** How many of these have not failed yet. */
  public synchronized int failingExtends() {
    return failExtends;
  }

  /** Somebody empties the queue. */
  public synchronized void purge() {
    messages.clear();
  }

  /** How many requests were made so far, of any kind and size. */
  public synchronized int requests() {
    return requests;
  }

  /** How often the message that was received most was received. */
  public synchronized int mostReceives() {
    return messages.values().stream().mapToInt(message -> message.receives).max().orElse(0);
  }

  /** How many messages the queue still has, hidden ones included. */
  public synchronized int size() {
    return messages.size();
  }

  /** How many messages could be received now. */
  public synchronized long visible() {
    return messages.values().stream().filter(this::isVisible).count();
  }

  public synchronized Map<String, String> deadLetters() {
    return Map.copyOf(deadLetters);
  }

  @Override
  public synchronized List<Delivery> receive(Duration wait) {
    if (broken) {
      throw new IllegalStateException("a fault in the receiving");
    }
    failIfTold();
    long end = System.nanoTime() + wait.toNanos();
    while (visible() == 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      try {
        wait(Math.min(left, 20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InboxException(InboxException.Kind.TRANSIENT, "interrupted", e);
      }
    }
    List<Delivery> deliveries = new ArrayList<>();
    for (Message message : messages.values()) {
      if (deliveries.size() < MOST && isVisible(message)) {
        message.receives++;
        message.receivedAt = clock.instant();
        message.hiddenUntil = clock.instant().plus(visibility);
        deliveries.add(new Delivery(message.id, message.receipt(), message.body));
      }
    }
    return deliveries;
  }

  @Override
  public synchronized int delete(Collection<Delivery> deliveries) {
    failIfTold();
    if (failDelete) {
      failDelete = false;
      throw new InboxException(InboxException.Kind.TRANSIENT, "told to fail", null);
    }
    int deleted = 0;
    for (Delivery delivery : deliveries) {
      Message message = messages.get(delivery.messageId());
      if (message != null && message.receipt().equals(delivery.receipt())) {
        messages.remove(delivery.messageId());
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public synchronized List<Delivery> extend(Collection<Delivery> deliveries, Duration time) {
    failIfTold();
    if (failExtends > 0) {
      failExtends--;
      throw new InboxException(InboxException.Kind.TRANSIENT, "told to fail", null);
    }
    List<Delivery> lost = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      Message message = messages.get(delivery.messageId());
      Instant end = clock.instant().plus(time);
      if (message == null
          || !message.receipt().equals(delivery.receipt())
          || end.isAfter(message.receivedAt.plus(LONGEST_HOLD))) {
        lost.add(delivery);
      } else {
        message.hiddenUntil = end;
      }
    }
    return lost;
  }

  @Override
  public synchronized boolean deadLetter(Delivery delivery, String reason) {
    failIfTold();
    if (failDeadLetter) {
      failDeadLetter = false;
      throw new InboxException(InboxException.Kind.MISCONFIGURED, "no such queue", null);
    }
    if (hasDeadLetters) {
      messages.remove(delivery.messageId());
      deadLetters.put(delivery.body(), reason);
    }
    return hasDeadLetters;
  }

  @Override
  public void check() {
    failIfTold();
  }

  @Override
  public synchronized QueueDepth depth() {
    failIfTold();
    return new QueueDepth(visible(), messages.size() - visible(), 0);
  }

  @Override
  public Duration visibility() {
    return visibility;
  }

  private boolean isVisible(Message message) {
    return !clock.instant().isBefore(message.hiddenUntil);
  }

  private synchronized void failIfTold() {
    requests++;
    if (failNext) {
      failNext = false;
      throw new InboxException(InboxException.Kind.TRANSIENT, "told to fail", null);
    }
  }

  private static final class Message {
    private final String id;
    private final String body;
    private Instant receivedAt = Instant.MIN;
    private Instant hiddenUntil = Instant.MIN;
    private int receives;

    private Message(String id, String body) {
      this.id = id;
      this.body = body;
    }

    private String receipt() {
      return id + "/" + receives;
    }
  }
}
