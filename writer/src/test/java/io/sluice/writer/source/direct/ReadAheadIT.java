package io.sluice.writer.source.direct;

import static io.sluice.writer.source.direct.SourceConfigs.atMost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.kinesis.model.ExpiredIteratorException;
import com.amazonaws.services.kinesis.model.ProvisionedThroughputExceededException;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.DirectConfig;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading ahead against Kinesis: it spares requests, and marks alone decide what is read. */
class ReadAheadIT extends KinesisCase {
  private static final String SHARD = "shardId-000000000000";
  private static final BigInteger LAST_HASH = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
  private static final long AHEAD = 32 << 20;

  private final List<String> read = new ArrayList<>();
  private final ReadAhead ahead = new ReadAhead(64 << 20);
  private FaultyKinesis counting;
  private TestStream stream;

  @BeforeEach
  void createStream() {
    counting = new FaultyKinesis(kinesis);
    stream = TestStream.create(kinesis, 1);
  }

  @Test
  void theNextTaskTakesWhatWasReadAheadAtItsMark() {
    stream.put(1000);
    SliceEnd first = read(open("run", ShardMark.unread(SHARD), atMost(100)));
    await().until(() -> counting.calls("getRecords") > 0);
    int iterators = counting.calls("getShardIterator");

    SliceEnd second = read(open("run", first.reached(), atMost(500)));
    read(open("run", second.reached(), atMost(5000)));

    assertThat(read).isEqualTo(stream.texts());
    assertThat(counting.calls("getShardIterator")).isEqualTo(iterators).isEqualTo(1);
    assertThat(first.next().executor()).isEqualTo("executor_here_1");
    // The slice ended inside of an answer: no iterator stands there.
    assertThat(first.next().iterator()).isNull();
  }

  @Test
  void readsOnBetweenTheIntervals() {
    stream.put(10);
    SliceEnd first = read(open("run", ShardMark.unread(SHARD), atMost(5000)));
    int calls = counting.calls("getRecords");
    stream.put(3000);

    await().until(() -> counting.calls("getRecords") > calls);
    read(open("run", first.reached(), atMost(5000)));

    assertThat(read).isEqualTo(stream.texts());
  }

  /** As when the interval is tried again, or its commit never came. */
  @Test
  void aTaskAtAnotherMarkReadsAnew() {
    stream.put(1000);
    SliceEnd first = read(open("run", ShardMark.unread(SHARD), atMost(100)));
    read(open("run", first.reached(), atMost(300)));
    read.clear();

    read(open("run", first.reached(), atMost(5000)));

    assertThat(read).isEqualTo(stream.texts().subList(100, 1000));
  }

  @Test
  void anotherRunTakesNothing() {
    stream.put(100);
    SliceEnd first = read(open("run", ShardMark.unread(SHARD), atMost(50)));

    read(open("next run", first.reached(), atMost(5000)));

    assertThat(read).isEqualTo(stream.texts());
    assertThat(counting.calls("getShardIterator")).isEqualTo(2);
  }

  @Test
  void aSliceThatIsBrokenOffLeavesNothing() {
    stream.put(1000);
    ShardReader broken = open("run", ShardMark.unread(SHARD), atMost(500));
    broken.records().next();

    broken.close();

    read(open("run", ShardMark.unread(SHARD), atMost(5000)));
    assertThat(read).isEqualTo(stream.texts());
    assertThat(counting.calls("getShardIterator")).isEqualTo(2);
  }

  @Test
  void itsMemoryIsGivenBack() {
    long room = ahead.room();
    stream.put(5000);
    SliceEnd first = read(open("run", ShardMark.unread(SHARD), atMost(100)));
    assertThat(ahead.room()).isLessThan(room);

    stream.split(SHARD);
    read(open("run", first.reached(), atMost(10_000)));

    assertThat(read).isEqualTo(stream.texts());
    await().until(() -> ahead.room() == room);
  }

  @Test
  void withoutRoomTheReaderFetchesForItself() {
    stream.put(1000);
    ReadAhead full = new ReadAhead(1);

    read(readers("run", full, atMost(5000), AHEAD).open(plan(ShardMark.unread(SHARD))));

    assertThat(read).isEqualTo(stream.texts());
  }

  @Test
  void faultsWhileReadingAheadLoseNothing() {
    stream.put(30_000);
    counting.failAfter(1, "getRecords", new ExpiredIteratorException("five minutes are over"));
    counting.failAfter(1, "getRecords", new ProvisionedThroughputExceededException("slow down"));

    SliceEnd end = read(open("run", ShardMark.unread(SHARD), atMost(7000)));
    while (read.size() < 30_000) {
      end = read(open("run", end.reached(), atMost(7000)));
    }

    assertThat(read).isEqualTo(stream.texts());
  }

  @Test
  void manyIntervalsAndRestartsLoseAndDoubleNothing() {
    TestStream two = TestStream.create(kinesis, 2);
    two.put(3000);
    SourceConfig config =
        SourceConfigs.direct(
            List.of(two.name()),
            InitialPosition.TRIM_HORIZON,
            null,
            new DirectConfig(atMost(97), SourceConfigs.FAST, AHEAD));
    Intervals intervals = new Intervals(config, stack.settings(), kinesis).start();

    for (int i = 0; intervals.read().size() < 3000 && i < 80; i++) {
      if (i % 5 == 2) {
        intervals.loseOne();
      }
      if (i % 7 == 3) {
        intervals.start();
      }
      intervals.commitOne();
    }

    assertThat(intervals.texts()).containsExactlyInAnyOrderElementsOf(two.texts());
  }

  private SliceEnd read(ShardReader reader) {
    reader.records().forEachRemaining(r -> read.add(new String(r.bytes(), StandardCharsets.UTF_8)));
    return reader.end();
  }

  private ShardReader open(String attempt, ShardMark mark, ReadLimits limits) {
    return readers(attempt, ahead, limits, AHEAD).open(plan(mark));
  }

  private ShardReaders readers(String attempt, ReadAhead where, ReadLimits limits, long bytes) {
    DirectConfig config = new DirectConfig(limits, SourceConfigs.FAST, bytes);
    return new ShardReaders(
        counting.client(),
        ReadPlan.of(stack.settings(), config, attempt, Duration.ofSeconds(1)),
        where,
        "executor_here_1",
        Clock.systemUTC());
  }

  private ShardPlan plan(ShardMark mark) {
    return new ShardPlan(
        stream.name(), mark, StartPosition.trimHorizon(), null, null, BigInteger.ZERO, LAST_HASH);
  }
}
