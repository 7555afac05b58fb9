package io.sluice.writer.source.direct;

import static io.sluice.writer.source.direct.SourceConfigs.WIDE;
import static io.sluice.writer.source.direct.SourceConfigs.atMost;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.kinesis.AmazonKinesis;
import io.sluice.common.config.ConfigException;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.DirectConfig;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import io.sluice.writer.source.direct.Intervals.Read;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The source against Kinesis, driven interval by interval. */
class DirectSourceIT extends KinesisCase {
  private static final String SHARD_0 = "shardId-000000000000";
  private static final String SHARD_1 = "shardId-000000000001";
  private static final String SHARD_2 = "shardId-000000000002";
  private static final String SHARD_3 = "shardId-000000000003";

  @Test
  void trimHorizonBeginsWithTheOldestRecord() {
    TestStream stream = TestStream.create(kinesis, 4);
    stream.put(1000);

    Intervals intervals = trimHorizon(stream, WIDE).start();
    intervals.commitUntil(1000);
    stream.put(500);
    intervals.commitUntil(1500);

    assertThat(intervals.texts()).containsExactlyInAnyOrderElementsOf(stream.texts());
    assertThat(intervals.progress().start()).isEqualTo(StartPosition.trimHorizon());
  }

  @Test
  void latestIsPinnedAtTheFirstStart() {
    TestStream stream = TestStream.create(kinesis, 2);
    stream.put(100);
    awaitNextMillisecond();
    Intervals intervals = latest(stream).start();

    stream.put(100);
    intervals.commitUntil(100);

    assertThat(intervals.texts())
        .containsExactlyInAnyOrderElementsOf(stream.texts().subList(100, 200));
  }

  @Test
  void aRestartBeforeTheFirstBatchLosesNothing() {
    TestStream stream = TestStream.create(kinesis, 2);
    stream.put(100);
    awaitNextMillisecond();
    Intervals intervals = latest(stream).start();
    stream.put(50);
    intervals.loseOne();
    awaitNextMillisecond();

    intervals.start();
    stream.put(50);
    intervals.commitUntil(100);

    assertThat(intervals.texts())
        .containsExactlyInAnyOrderElementsOf(stream.texts().subList(100, 200));
  }

  @Test
  void atTimestampBeginsWithTheFirstRecordOfThatTime() {
    TestStream stream = TestStream.create(kinesis, 2);
    stream.put(100);
    awaitNextMillisecond();
    Instant from = Instant.now();
    stream.put(100);

    Intervals intervals =
        intervals(
                SourceConfigs.direct(stream.name(), InitialPosition.AT_TIMESTAMP, from, WIDE),
                kinesis)
            .start();
    intervals.commitUntil(100);

    assertThat(intervals.texts())
        .containsExactlyInAnyOrderElementsOf(stream.texts().subList(100, 200));
  }

  @Test
  void aStartInTheFutureIsRefused() {
    TestStream stream = TestStream.create(kinesis, 1);
    Instant tomorrow = Instant.parse("2999-01-01T00:00:00Z");
    Intervals intervals =
        intervals(
            SourceConfigs.direct(stream.name(), InitialPosition.AT_TIMESTAMP, tomorrow, WIDE),
            kinesis);

    assertThatThrownBy(intervals::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("source.start-at = 2999-01-01T00:00:00Z has not come yet");
  }

  @Test
  void manySmallSlicesAndRestartsLoseAndDoubleNothing() {
    TestStream stream = TestStream.create(kinesis, 2);
    stream.put(1500);
    Intervals intervals = trimHorizon(stream, atMost(97)).start();

    for (int i = 0; intervals.read().size() < 1500 && i < 40; i++) {
      if (i % 3 == 1) {
        intervals.loseOne();
        intervals.start();
      }
      assertThat(intervals.commitOne()).isLessThanOrEqualTo(2 * 97);
    }

    assertThat(intervals.texts()).containsExactlyInAnyOrderElementsOf(stream.texts());
    assertInOrderOfMarks(intervals);
  }

  @Test
  void readsOnWithTheIteratorOfTheLastInterval() {
    TestStream stream = TestStream.create(kinesis, 1);
    FaultyKinesis counting = new FaultyKinesis(kinesis);
    Intervals intervals = trimHorizon(stream, atMost(10), counting.client()).start();
    stream.put(50);

    intervals.commitUntil(50);

    assertThat(counting.calls("getShardIterator")).isEqualTo(1);
    assertThat(intervals.texts()).isEqualTo(stream.texts());
  }

  @Test
  void childrenOfASplitWaitForTheEndOfTheirParent() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.put(200);
    Intervals intervals = trimHorizon(stream, atMost(60)).start();
    intervals.commitOne();
    stream.split(SHARD_0);
    stream.put(200);
    intervals.start();

    assertThat(intervals.plan()).extracting(plan -> plan.mark().shard()).containsExactly(SHARD_0);
    intervals.commitUntil(400);

    assertThat(intervals.mark(SHARD_0).ended()).isTrue();
    assertThat(intervals.plan())
        .extracting(plan -> plan.mark().shard())
        .containsExactly(SHARD_1, SHARD_2);
    assertExactlyOnceAndInOrder(intervals, stream);
  }

  @Test
  void theChildOfAMergeWaitsForBothItsParents() {
    TestStream stream = TestStream.create(kinesis, 2);
    stream.put(200);
    Intervals intervals = trimHorizon(stream, atMost(40)).start();
    intervals.commitOne();
    stream.merge(SHARD_0, SHARD_1);
    stream.put(200);

    boolean childSeen = false;
    for (int i = 0; intervals.read().size() < 400 && i < 60; i++) {
      if (i % 2 == 0) {
        intervals.start();
      }
      boolean planned =
          intervals.plan().stream().anyMatch(plan -> plan.mark().shard().equals(SHARD_2));
      assertThat(planned)
          .isEqualTo(intervals.mark(SHARD_0).ended() && intervals.mark(SHARD_1).ended());
      childSeen |= planned;
      intervals.commitOne();
    }

    assertThat(childSeen).isTrue();
    assertExactlyOnceAndInOrder(intervals, stream);
  }

  @Test
  void aSplitAndAMergeWhileRunningKeepEveryRecordAndTheOrderOfEachKey() {
    TestStream stream = TestStream.create(kinesis, 1);
    Intervals intervals = trimHorizon(stream, atMost(50)).start();
    stream.put(100);
    intervals.commitOne();
    stream.split(SHARD_0);
    stream.put(100);
    intervals.commitOne();
    stream.merge(SHARD_1, SHARD_2);
    stream.put(100);

    intervals.commitUntil(300);

    assertExactlyOnceAndInOrder(intervals, stream);
    assertThat(intervals.progress().marks())
        .filteredOn(ShardMark::ended)
        .extracting(ShardMark::shard)
        .containsExactly(SHARD_0, SHARD_1, SHARD_2);
    assertThat(intervals.mark(SHARD_3).ended()).isFalse();
  }

  @Test
  void theEndOfAnEmptyShardIsRecordedOnce() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.split(SHARD_0);
    Intervals intervals = trimHorizon(stream, WIDE).start();

    intervals.commitOne();

    assertThat(intervals.progress().marks()).containsExactly(ShardMark.unread(SHARD_0).asEnded());
    intervals.start();
    assertThat(intervals.plan())
        .extracting(plan -> plan.mark().shard())
        .containsExactly(SHARD_1, SHARD_2);
    intervals.commitOne();
    assertThat(intervals.progress().marks()).containsExactly(ShardMark.unread(SHARD_0).asEnded());
  }

  @Test
  void aStreamThatWasMadeAgainIsRefused() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.put(10);
    Intervals intervals = trimHorizon(stream, WIDE).start();
    intervals.commitUntil(10);
    stream.delete();
    stream.createAgain(1);

    assertThatThrownBy(intervals::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("stream " + stream.name())
        .hasMessageContaining("a stream that was made again starts in a batch folder of its own");
  }

  @Test
  void aStreamThatIsMadeAgainWhileItIsReadGivesNothing() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.put(10);
    Intervals intervals = trimHorizon(stream, WIDE).start();
    intervals.commitUntil(10);
    stream.delete();
    stream.createAgain(1);
    stream.put(10);

    assertThatThrownBy(intervals::commitOne).isInstanceOf(RuntimeException.class);

    assertThat(intervals.read()).hasSize(10);
  }

  @Test
  void aMissingStreamIsAProblemOfTheSettings() {
    Intervals intervals =
        intervals(
            SourceConfigs.direct("nowhere", InitialPosition.TRIM_HORIZON, null, WIDE), kinesis);

    assertThatThrownBy(intervals::start)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "there is no stream nowhere in this account and region: create it, or correct source.stream");
  }

  @Test
  void marksOfShardsThatEndedAreKeptForAsLongAsTheStreamKeepsRecords() {
    TestStream stream = TestStream.create(kinesis, 1);
    ManualClock clock = new ManualClock(Instant.now());
    DirectSource source = new DirectSource(config(stream, WIDE), stack.settings(), clock, kinesis);
    SourceProgress before = source.resume(List.of()).get(0);
    ShardMark unlisted = mark("shardId-000000000098").asEnded();
    ShardMark unread = mark("shardId-000000000099");
    ShardMark listed = mark(SHARD_0).asEnded();
    source.resume(List.of(withMarks(before, unlisted, unread, listed)));

    assertThat(source.after(List.of()).get(0).marks()).containsExactly(listed, unlisted, unread);
    clock.advance(Duration.ofHours(24));
    assertThat(source.after(List.of()).get(0).marks()).containsExactly(listed, unlisted, unread);
    clock.advance(Duration.ofSeconds(1));
    assertThat(source.after(List.of()).get(0).marks()).containsExactly(listed, unread);
  }

  @Test
  void severalStreamsHaveMarksOfTheirOwn() {
    TestStream one = TestStream.create(kinesis, 2);
    TestStream two = TestStream.create(kinesis, 1);
    one.put(300);
    two.put(200);

    Intervals intervals = streams(List.of(one, two), 50).start();
    intervals.commitUntil(500);
    intervals.start();
    one.put(100);
    intervals.commitUntil(600);

    assertThat(intervals.texts(one)).containsExactlyInAnyOrderElementsOf(one.texts());
    assertThat(intervals.texts(two)).containsExactlyInAnyOrderElementsOf(two.texts());
    assertThat(intervals.allProgress())
        .extracting(SourceProgress::stream)
        .containsExactly(one.name(), two.name());
  }

  @Test
  void aStreamThatIsAddedStartsAndOneThatIsRemovedComesBackWhereItWas() {
    TestStream one = TestStream.create(kinesis, 1);
    TestStream two = TestStream.create(kinesis, 1);
    one.put(100);
    two.put(100);
    Intervals intervals = streams(List.of(one), 200_000).start();
    intervals.commitUntil(100);

    intervals.with(streamsConfig(List.of(two), 200_000)).start();
    one.put(50);
    intervals.commitUntil(200);
    intervals.commitOne();
    assertThat(intervals.texts(one)).hasSize(100);
    assertThat(intervals.allProgress())
        .extracting(SourceProgress::stream)
        .containsExactly(two.name(), one.name());
    assertThat(intervals.allProgress().get(1).ranges()).isEmpty();

    intervals.with(streamsConfig(List.of(one, two), 200_000)).start();
    intervals.commitUntil(250);
    assertThat(intervals.texts(one)).isEqualTo(one.texts());
    assertThat(intervals.texts(two)).isEqualTo(two.texts());
  }

  private static SourceProgress withMarks(SourceProgress before, ShardMark... marks) {
    return new SourceProgress(
        before.stream(),
        before.arn(),
        before.streamCreatedAt(),
        before.start(),
        List.of(),
        List.of(marks));
  }

  private static SourceConfig streamsConfig(List<TestStream> streams, long limit) {
    return SourceConfigs.direct(
        streams.stream().map(TestStream::name).toList(),
        InitialPosition.TRIM_HORIZON,
        null,
        new DirectConfig(atMost(limit), SourceConfigs.FAST, 0));
  }

  private static Intervals streams(List<TestStream> streams, long limit) {
    return intervals(streamsConfig(streams, limit), kinesis);
  }

  private static void assertExactlyOnceAndInOrder(Intervals intervals, TestStream stream) {
    assertThat(intervals.texts()).containsExactlyInAnyOrderElementsOf(stream.texts());
    assertInOrderOfMarks(intervals);
    intervals
        .textsByKey()
        .forEach(
            (key, texts) ->
                assertThat(texts)
                    .isSortedAccordingTo(
                        Comparator.comparing(
                            text -> Integer.valueOf(text.substring(text.indexOf(':') + 1)))));
  }

  private static void assertInOrderOfMarks(Intervals intervals) {
    Map<String, List<Mark>> marks =
        intervals.read().stream()
            .collect(
                groupingBy(
                    Read::shard,
                    java.util.stream.Collectors.mapping(
                        read -> read.record().mark(), java.util.stream.Collectors.toList())));
    marks.values().forEach(shard -> assertThat(shard).isSorted().doesNotHaveDuplicates());
  }

  /** So that what comes next arrives later than what was put before. */
  private static void awaitNextMillisecond() {
    long now = System.currentTimeMillis();
    await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now);
  }

  private static ShardMark mark(String shard) {
    return ShardMark.at(shard, new Mark(BigInteger.TEN, 0));
  }

  private static SourceConfig config(TestStream stream, ReadLimits limits) {
    return SourceConfigs.direct(stream.name(), InitialPosition.TRIM_HORIZON, null, limits);
  }

  private static Intervals trimHorizon(TestStream stream, ReadLimits limits) {
    return trimHorizon(stream, limits, kinesis);
  }

  private static Intervals trimHorizon(TestStream stream, ReadLimits limits, AmazonKinesis client) {
    return intervals(config(stream, limits), client);
  }

  private static Intervals latest(TestStream stream) {
    return intervals(
        SourceConfigs.direct(stream.name(), InitialPosition.LATEST, null, WIDE), kinesis);
  }

  private static Intervals intervals(SourceConfig config, AmazonKinesis client) {
    return new Intervals(config, stack.settings(), client);
  }
}
