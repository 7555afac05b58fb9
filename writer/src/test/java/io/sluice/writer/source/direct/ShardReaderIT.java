package io.sluice.writer.source.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.InvalidArgumentException;
import com.amazonaws.services.kinesis.model.LimitExceededException;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.DirectConfig;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reading of one shard against Kinesis. */
class ShardReaderIT extends KinesisCase {
  private static final String SHARD = "shardId-000000000000";
  private static final BigInteger LAST_HASH = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
  private static final BigInteger MIDDLE = BigInteger.TWO.pow(127);
  private static final ReadLimits WIDE = limits(200_000, 64 << 20);

  private final List<SourceRecord> read = new ArrayList<>();
  private FaultyKinesis faulty;
  private TestStream stream;

  @BeforeEach
  void createStream() {
    faulty = new FaultyKinesis(kinesis);
    stream = TestStream.create(kinesis, 1);
  }

  @Test
  void readsFromTheMarkToTheTip() {
    stream.put(30);

    SliceEnd end = read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
    assertThat(end.reached()).isEqualTo(ShardMark.at(SHARD, read.get(29).mark()));
    assertThat(end.behind()).isZero();
    assertThat(read).allSatisfy(r -> assertThat(r.partitionKey()).startsWith("key"));
  }

  @Test
  void anEmptyShardLeavesTheMarkWhereItWas() {
    SliceEnd end = read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(read).isEmpty();
    assertThat(end.reached()).isEqualTo(ShardMark.unread(SHARD));
    assertThat(end.next().iterator()).isNotNull();
  }

  @Test
  void stopsAtTheLimitOfRecordsAndGoesOnExactlyThere() {
    stream.put(100);

    SliceEnd first = read(ShardMark.unread(SHARD), null, limits(33, 64 << 20));
    assertThat(texts()).isEqualTo(stream.texts().subList(0, 33));
    SliceEnd second = read(first.reached(), first.next().iterator(), limits(33, 64 << 20));
    assertThat(texts()).isEqualTo(stream.texts().subList(0, 66));
    read(second.reached(), null, WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  @Test
  void stopsAtTheLimitOfBytesAndGoesOnExactlyThere() {
    stream.put(25_000);

    SliceEnd end = read(ShardMark.unread(SHARD), null, limits(200_000, 1));
    assertThat(read).hasSize(10_000);
    read(end.reached(), end.next().iterator(), WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  @Test
  void hasNoEndBeforeItsLastRecordIsTaken() {
    stream.put(2);
    ShardReader reader = reader(ShardMark.unread(SHARD), null, WIDE);
    Iterator<SourceRecord> records = reader.records();
    records.next();

    assertThatThrownBy(reader::end)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("shard " + SHARD + " has not been read to the end of its slice");
    records.next();
    assertThat(records.hasNext()).isFalse();
    assertThat(reader.end().reached().mark()).isPresent();
  }

  @Test
  void anExpiredIteratorIsAskedForAgainAtTheMark() {
    stream.put(60);
    SliceEnd end = read(ShardMark.unread(SHARD), null, limits(20, 64 << 20));
    faulty.failAfter(0, "getRecords", new ExpiredIteratorException("five minutes are over"));

    read(end.reached(), end.next().iterator(), WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  @Test
  void anIteratorThatExpiresInMidSliceLosesAndDoublesNothing() {
    stream.put(25_000);
    faulty.failAfter(1, "getRecords", new ExpiredIteratorException("five minutes are over"));

    read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
    assertThat(faulty.calls("getShardIterator")).isEqualTo(2);
  }

  @Test
  void anIteratorThatKinesisDoesNotKnowFailsTheTask() {
    stream.put(5);

    assertThatThrownBy(() -> read(ShardMark.unread(SHARD), "bm9uc2Vuc2U=", WIDE))
        .isInstanceOf(InvalidArgumentException.class);
    assertThat(read).isEmpty();
  }

  /** The SDK has tried again for a while before it throws one of these. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void throttlingIsWaitedOutWithinTheTimeOfTheInterval(int answered) {
    stream.put(25_000);
    faulty.failAfter(
        answered, "getRecords", new ProvisionedThroughputExceededException("slow down"));

    read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  @Test
  void throttlingBeyondTheTimeOfTheIntervalEndsTheSliceWithoutLoss() {
    stream.put(25_000);
    for (int i = 0; i < 20; i++) {
      faulty.failAfter(
          i == 0 ? 1 : 0, "getRecords", new ProvisionedThroughputExceededException("slow down"));
    }

    ReadLimits brief = new ReadLimits(200_000, 64 << 20, Duration.ofMillis(300));
    SliceEnd end = read(ShardMark.unread(SHARD), null, brief);
    assertThat(read).hasSize(10_000);
    faulty.forgetFailures();
    read(end.reached(), end.next().iterator(), WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  @Test
  void aStartThatHasYetToComeIsAnEmptySlice() {
    stream.put(5);
    ShardPlan tomorrow =
        new ShardPlan(
            stream.name(),
            ShardMark.unread(SHARD),
            StartPosition.at(Instant.now().plusSeconds(86_400)),
            null,
            null,
            BigInteger.ZERO,
            LAST_HASH);

    SliceEnd end = read(open(tomorrow, WIDE));

    assertThat(read).isEmpty();
    assertThat(end.reached()).isEqualTo(ShardMark.unread(SHARD));
  }

  @Test
  void throttledIteratorsAreWaitedForToo() {
    stream.put(5);
    faulty.failAfter(0, "getShardIterator", new LimitExceededException("slow down"));

    read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(texts()).isEqualTo(stream.texts());
  }

  /** Receivers may have committed a part of an aggregate. */
  @Test
  void goesOnInsideOfAnAggregate() {
    stream.putOne("k", new Aggregates().add("a", "one").add("a", "two").add("a", "three").bytes());
    read(ShardMark.unread(SHARD), null, WIDE);
    Mark second = read.get(1).mark();
    read.clear();

    SliceEnd end = read(ShardMark.at(SHARD, second), null, WIDE);

    assertThat(texts()).containsExactly("three");
    assertThat(end.range().orElseThrow().records()).isEqualTo(1);
  }

  @Test
  void takesAggregatesApartAndResumesBehindThem() {
    stream.putOne("plain", "one".getBytes(UTF_8));
    stream.putOne("a", new Aggregates().add("a", "two").add("b", "three").bytes());

    SliceEnd end = read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(texts()).containsExactly("one", "two", "three");
    assertThat(read).extracting(SourceRecord::partitionKey).containsExactly("plain", "a", "b");
    BigInteger aggregate = read.get(2).mark().sequenceNumber();
    assertThat(read.get(1).mark()).isEqualTo(new Mark(aggregate, 0));
    assertThat(end.reached()).isEqualTo(new ShardMark(SHARD, aggregate, 1, false));
    stream.putOne("c", new Aggregates().add("c", "four").bytes());
    read(end.reached(), null, WIDE);
    assertThat(texts()).containsExactly("one", "two", "three", "four");
  }

  /** An aggregate is never cut: its mark names all of it, and no iterator points into it. */
  @Test
  void aLimitInsideAnAggregateIsExceededByItsRest() {
    Aggregates aggregate = new Aggregates();
    for (int i = 0; i < 50; i++) {
      aggregate.add("k", "inner" + i);
    }
    stream.putOne("k", aggregate.bytes());
    stream.putOne("k", "after".getBytes(UTF_8));

    SliceEnd end = read(ShardMark.unread(SHARD), null, limits(1, 64 << 20));
    assertThat(read).hasSize(50);
    read(end.reached(), null, WIDE);

    assertThat(texts()).hasSize(51).doesNotHaveDuplicates().endsWith("after");
  }

  /** After a split the producer may aggregate by the old map: the other shard has them as well. */
  @Test
  void recordsOfAnAggregateThatBelongToAnotherShardAreLeftOut() {
    stream.putOne(
        "k",
        new Aggregates()
            .add("low", BigInteger.ONE, "here")
            .add("high", LAST_HASH, "elsewhere")
            .add("edge", MIDDLE.subtract(BigInteger.ONE), "also here")
            .bytes());

    ShardPlan lowerHalf =
        new ShardPlan(
            stream.name(),
            ShardMark.unread(SHARD),
            StartPosition.trimHorizon(),
            null,
            null,
            BigInteger.ZERO,
            MIDDLE.subtract(BigInteger.ONE));
    read(open(lowerHalf, WIDE));

    assertThat(texts()).containsExactly("here", "also here");
    assertThat(read).extracting(r -> r.mark().subSequenceNumber()).containsExactly(0L, 2L);
  }

  @Test
  void anAggregateThatCannotBeTakenApartStopsNothing() {
    byte[] broken = new Aggregates().add("a", "one").addWithoutKey("two").bytes();
    stream.putOne("k", "before".getBytes(UTF_8));
    stream.putOne("k", broken);
    stream.putOne("k", "after".getBytes(UTF_8));

    read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(read).hasSize(3);
    assertThat(read.get(0).bytes()).isEqualTo("before".getBytes(UTF_8));
    assertThat(read.get(1).bytes()).isEqualTo(broken);
    assertThat(read.get(2).bytes()).isEqualTo("after".getBytes(UTF_8));
  }

  @Test
  void anAggregateWithAWrongChecksumIsOnePlainRecord() {
    byte[] torn = new Aggregates().add("a", "one").bytes();
    torn[torn.length - 1] ^= 1;
    stream.putOne("k", torn);

    read(ShardMark.unread(SHARD), null, WIDE);

    assertThat(read).hasSize(1);
    assertThat(read.get(0).bytes()).isEqualTo(torn);
  }

  private SliceEnd read(ShardMark mark, String iterator, ReadLimits limits) {
    return read(reader(mark, iterator, limits));
  }

  private SliceEnd read(ShardReader reader) {
    reader.records().forEachRemaining(read::add);
    return reader.end();
  }

  private ShardReader reader(ShardMark mark, String iterator, ReadLimits limits) {
    ShardPlan plan =
        new ShardPlan(
            stream.name(),
            mark,
            StartPosition.trimHorizon(),
            iterator,
            null,
            BigInteger.ZERO,
            LAST_HASH);
    return open(plan, limits);
  }

  private ShardReader open(ShardPlan plan, ReadLimits limits) {
    DirectConfig config = new DirectConfig(limits, SourceConfigs.FAST, 0);
    return new ShardReaders(
            faulty.client(),
            ReadPlan.of(stack.settings(), config, "attempt", Duration.ofSeconds(1)),
            ReadAhead.ofThisJvm(),
            "executor_localhost_driver",
            Clock.systemUTC())
        .open(plan);
  }

  private List<String> texts() {
    return read.stream().map(record -> new String(record.bytes(), UTF_8)).toList();
  }

  private static ReadLimits limits(long records, long bytes) {
    return new ReadLimits(records, bytes, Duration.ofSeconds(30));
  }
}
