package io.sluice.writer.source.receiver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.writer.source.SourceLostException;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.streaming.scheduler.ReceiverInfo;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverError;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverStarted;
import org.apache.spark.streaming.scheduler.StreamingListenerReceiverStopped;
import org.junit.jupiter.api.Test;

class ReceiverWatchTest {
  private final ReceiverWatch watch = new ReceiverWatch();

  @Test
  void receiversThatStartOnceAndStopWithTheDriverAreWell() {
    start(0, "1");
    start(1, "2");
    stop(0, "Stopped by driver", "");
    remove("3");

    assertThatCode(watch::requireAllAlive).doesNotThrowAnyException();
  }

  @Test
  void anExecutorWithAReceiverEndsTheRun() {
    start(0, "1");
    remove("1");

    assertLost("executor 1, which held a receiver and its blocks, is lost (killed)");
  }

  /** Events come in any order. */
  @Test
  void aReceiverThatStartedOnALostExecutorEndsTheRun() {
    remove("1");
    start(0, "1");

    assertLost("receiver 0 (KinesisReceiver-0) was lost with executor 1");
  }

  /** Spark starts it elsewhere and reports no error. */
  @Test
  void aSecondStartOfAReceiverEndsTheRun() {
    start(0, "1");
    start(0, "2");

    assertLost("receiver 0 (KinesisReceiver-0) was started again on executor 2");
  }

  @Test
  void anErrorOfAReceiverEndsTheRun() {
    start(0, "1");
    watch.receivers().onReceiverError(new StreamingListenerReceiverError(info(0, "1", "no", "x")));

    assertLost("receiver 0 (KinesisReceiver-0) reported no");
  }

  @Test
  void aReceiverThatStopsByItselfEndsTheRun() {
    start(0, "1");
    stop(0, "Error while storing block into Spark", "java.lang.OutOfMemoryError");

    assertLost("receiver 0 (KinesisReceiver-0) has stopped: Error while storing block into Spark");
  }

  private void assertLost(String why) {
    assertThatThrownBy(watch::requireAllAlive)
        .isInstanceOf(SourceLostException.class)
        .hasMessage(why + ": this run ends, and the next one starts from the manifest log");
  }

  private void start(int receiver, String executor) {
    watch
        .receivers()
        .onReceiverStarted(new StreamingListenerReceiverStarted(info(receiver, executor, "", "")));
  }

  private void stop(int receiver, String message, String error) {
    watch
        .receivers()
        .onReceiverStopped(
            new StreamingListenerReceiverStopped(info(receiver, "", message, error)));
  }

  private void remove(String executor) {
    watch.executors().onExecutorRemoved(new SparkListenerExecutorRemoved(0, executor, "killed"));
  }

  private static ReceiverInfo info(int receiver, String executor, String message, String error) {
    return new ReceiverInfo(
        receiver, "KinesisReceiver-" + receiver, true, "host", executor, message, error, -1);
  }
}
