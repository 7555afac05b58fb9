package io.sluice.writer.source.receiver;

import io.sluice.writer.source.SourceLostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.streaming.scheduler.ReceiverInfo;
import org.apache.spark.streaming.scheduler.StreamingListener;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverError;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverStarted;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fail-stop: a receiver that failed, was started again or lost its executor ends the run, for only
 * the log tells surely what was read. Spark itself would go on: it reports no error when an
 * executor dies, and starts its receiver elsewhere.
 *
 * <p>Safe for use by several threads.
 */
final class ReceiverWatch {
  private static final Logger log = LoggerFactory.getLogger(ReceiverWatch.class);

  /** What Spark's ReceiverSupervisorImpl says when the whole context stops. */
  private static final String BY_DRIVER = "Stopped by driver";

  private final Map<Integer, String> executorOfReceiver = new HashMap<>();
  private final Set<String> lostExecutors = new HashSet<>();
  private String failure;

  /** To be added to the streaming context. */
  StreamingListener receivers() {
    return new StreamingListener() {
      @Override
      public void onReceiverStarted(StreamingListenerReceiverStarted event) {
        started(event.receiverInfo());
      }

      @Override
      public void onReceiverError(StreamingListenerReceiverError event) {
        failed(event.receiverInfo(), "reported " + event.receiverInfo().lastErrorMessage());
      }

      @Override
      public void onReceiverStopped(StreamingListenerReceiverStopped event) {
        stopped(event.receiverInfo());
      }
    };
  }

  /** To be added to the Spark context. */
  SparkListener executors() {
    return new SparkListener() {
      @Override
      public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        removed(event.executorId(), event.reason());
      }
    };
  }

  /** Throws when a receiver has failed since the start of the run. */
  synchronized void requireAllAlive() {
    if (failure != null) {
      throw new SourceLostException(failure);
    }
  }

  synchronized void started(ReceiverInfo receiver) {
    String before = executorOfReceiver.put(receiver.streamId(), receiver.executorId());
    if (before != null) {
      failed(receiver, "was started again on executor " + receiver.executorId());
    }
    if (lostExecutors.contains(receiver.executorId())) {
      failed(receiver, "was lost with executor " + receiver.executorId());
    }
  }

  synchronized void stopped(ReceiverInfo receiver) {
    if (!receiver.lastErrorMessage().equals(BY_DRIVER) || !receiver.lastError().isEmpty()) {
      failed(receiver, "has stopped: " + receiver.lastErrorMessage());
    }
  }

  synchronized void removed(String executor, String reason) {
    lostExecutors.add(executor);
    if (executorOfReceiver.containsValue(executor)) {
      fail(
          "executor %s, which held a receiver and its blocks, is lost (%s)"
              .formatted(executor, reason));
    }
  }

  synchronized void failed(ReceiverInfo receiver, String what) {
    fail("receiver %d (%s) %s".formatted(receiver.streamId(), receiver.name(), what));
  }

  private void fail(String what) {
    if (failure == null) {
      failure = what + ": this run ends, and the next one starts from the manifest log";
      log.warn("{}", failure);
    }
  }
}
