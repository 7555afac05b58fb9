package io.sluice.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardMark;
import io.sluice.stack.process.ChildProcess;
import io.sluice.writer.source.direct.Aggregates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The receiver source, by spark-submit. */
class ReceiverAppIT extends AppCase {
  private final AmazonDynamoDB dynamo =
      stack.clients().configure(AmazonDynamoDBClientBuilder.standard(), Service.DYNAMODB).build();

  @AfterEach
  void endClient() {
    dynamo.shutdown();
  }

  @Test
  void tooFewCoresEndWith2() throws IOException {
    createStreamAndQueue(1);

    ChildProcess writer = submit(receivers(2), "local[2]");

    assertThat(writer.awaitExit(SOON)).isEqualTo(2);
    assertThat(writer.logTail())
        .contains("2 receivers need at least 3 cores, and Spark has 2")
        .doesNotContain("\tat ");
  }

  /** Kills, a split, aggregated records, then a graceful stop under load. */
  @Test
  void killsASplitAndAStopLoseAndDoubleNothing() throws IOException {
    createStreamAndQueue(2);
    Path config = receivers(2);

    for (int kills = 0; kills < kills(); kills++) {
      ChildProcess writer = submit(config, "local[3]");
      put(1500);
      awaitCommitted(writer, put);
      put(1500);
      if (kills == 0) {
        stream.split("shardId-000000000000");
      }
      putAggregated(500);
      writer.kill();
    }
    ChildProcess last = submit(config, "local[3]");
    put(1000);
    awaitCommitted(last, put);
    last.await("the parent has ended", SOON, this::parentHasEnded);
    put(2000);
    assertThat(last.terminate(Duration.ofSeconds(90))).isEqualTo(143);
    long stopped = takeovers().get(takeovers().size() - 1).number();
    assertThat(tables()).noneMatch(table -> table.contains("-" + stopped + "-"));
    ChildProcess afterStop = submit(config, "local[3]");
    put(100);
    awaitCommitted(afterStop, put);

    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
    // Its own, and that of the last run that could not delete it.
    assertThat(tables()).hasSizeLessThanOrEqualTo(2);
  }

  /** With a lease table for both, the first would move the leases of the second. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void aDriverThatLivesOnIsFencedAndNothingIsLostOrDoubled() throws IOException {
    createStreamAndQueue(2);
    Path config = receivers(1);
    ChildProcess zombie = submit(config, "local[2]");
    put(500);
    awaitCommitted(zombie, put);

    ChildProcess successor = submit(config, "local[2]");
    successor.await("it took over", SOON, () -> takeovers().size() == 2);
    for (int i = 0; i < 40 && zombie.isAlive(); i++) {
      put(500);
      awaitCommitted(successor, put);
    }

    assertThat(zombie.awaitExit(SOON)).isEqualTo(4);
    assertThat(zombie.logTail(400)).contains("this writer is fenced and stops");
    assertThat(successor.isAlive()).isTrue();
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
  }

  /** The marks are the same for both: what receivers have begun, the direct source ends. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void theSourceCanBeChangedBetweenRuns() throws IOException {
    createStreamAndQueue(1);
    ChildProcess first = submit(receivers(1), "local[2]");
    put(500);
    putAggregated(100);
    awaitCommitted(first, put);
    first.kill();

    put(500);
    ChildProcess direct = submit(direct(), "local[2]");
    awaitCommitted(direct, put);
    direct.kill();
    put(500);
    ChildProcess receiversAgain = submit(receivers(1), "local[2]");
    awaitCommitted(receiversAgain, put);

    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertLogIsDense();
    landed.assertMarksAreContiguous();
  }

  /** Executors are processes of their own here. */
  @Test
  @EnabledIfSystemProperty(
      named = "sluice.long-tests",
      matches = "true",
      disabledReason = "takes minutes: -Dsluice.long-tests=true")
  void aLostExecutorEndsTheRunAndNothingIsLost() throws IOException {
    createStreamAndQueue(2);
    Path config = receivers(2);
    ChildProcess writer = submit(config, "local-cluster[2,2,1024]");
    put(1000);
    awaitCommitted(writer, put);
    put(1000);

    ProcessHandle executor =
        ProcessHandle.of(writer.pid())
            .orElseThrow()
            .descendants()
            .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
            .findFirst()
            .orElseThrow();
    executor.destroyForcibly();

    assertThat(writer.awaitExit(SOON)).isEqualTo(1);
    assertThat(writer.logTail(400))
        .contains("this run ends, and the next one starts from the manifest log");
    ChildProcess next = submit(config, "local-cluster[2,2,1024]");
    put(500);
    awaitCommitted(next, put);
    assertThat(landed.ids()).containsExactlyInAnyOrderElementsOf(ids());
    landed.assertMarksAreContiguous();
  }

  private static int kills() {
    return Integer.getInteger("sluice.receiver-kills", 1);
  }

  private boolean parentHasEnded() {
    List<Manifest> manifests = landed.manifests();
    return manifests.get(manifests.size() - 1).sources().get(0).marks().stream()
        .anyMatch(ShardMark::ended);
  }

  private List<String> tables() {
    return dynamo.listTables().getTableNames().stream()
        .filter(table -> table.endsWith(stream.name()))
        .toList();
  }

  private void put(int count) {
    put(count, ReceiverAppIT::text);
  }

  private static String text(long id) {
    return "{\"id\":" + id + "}";
  }

  /** Ten user records in each record of the stream. */
  private void putAggregated(int count) {
    List<byte[]> records = new ArrayList<>();
    for (int done = 0; done < count; done += 10) {
      Aggregates aggregate = new Aggregates();
      for (int i = 0; i < 10; i++) {
        aggregate.add("key", text(put++));
      }
      records.add(aggregate.bytes());
    }
    stream.putAllByKey("key", records);
  }

  private List<Long> ids() {
    return LongStream.range(0, put).boxed().toList();
  }

  private Path receivers(int count) throws IOException {
    return source("receiver, receiver.receivers = " + count);
  }

  private Path direct() throws IOException {
    return source("direct");
  }

  private Path source(String type) throws IOException {
    return config(
        """
        source { type = %s }
        tables = [{ name = events, columns = [{ name = id, type = bigint, required = true }] }]
        """
            .formatted(type));
  }
}
