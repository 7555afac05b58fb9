package io.sluice.writer.source.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.clientlibrary.types.ExtendedSequenceNumber;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLease;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLeaseManager;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.common.manifest.StartPosition;
import io.sluice.writer.source.DirectConfig;
import io.sluice.writer.source.DirectConfig.Pace;
import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.ReadLimits;
import io.sluice.writer.source.ReceiverConfig;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.SourceConfig.InitialPosition;
import io.sluice.writer.source.TrackedStream;
import io.sluice.writer.source.TrackedStreams;
import io.sluice.writer.source.direct.TestStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases and ends of shards against DynamoDB and Kinesis. */
class LeaseTablesIT {
  private static final String SHARD_0 = "shardId-000000000000";
  private static final String SHARD_1 = "shardId-000000000001";
  private static final String SHARD_2 = "shardId-000000000002";
  private static final BatchFolder FOLDER = new BatchFolder("bucket", "folder");

  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonKinesis kinesis;
  private static AmazonDynamoDB dynamo;

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    kinesis = KinesisClients.of(stack.settings());
    dynamo =
        stack.clients().configure(AmazonDynamoDBClientBuilder.standard(), Service.DYNAMODB).build();
  }

  @AfterAll
  static void stop() {
    dynamo.shutdown();
    stack.close();
  }

  @Test
  void leasesGoOnAtTheMarksOfTheLog() throws Exception {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.put(10);
    stream.split(SHARD_0);
    BigInteger number = new BigInteger("49600000000000000000000000000000000000000000000000000007");
    TrackedStream tracked =
        tracked(
            stream,
            ShardMark.at(SHARD_0, new Mark(BigInteger.TEN, 0)).asEnded(),
            ShardMark.at(SHARD_1, new Mark(number, 3)));

    LeaseTables tables = new LeaseTables(dynamo, "clicks", FOLDER);
    String table = tables.create(17, stream.name(), LeasePlan.of(tracked));

    Map<String, KinesisClientLease> leases =
        new KinesisClientLeaseManager(table, dynamo, BillingMode.PAY_PER_REQUEST)
            .listLeases().stream()
                .collect(Collectors.toMap(KinesisClientLease::getLeaseKey, Function.identity()));
    assertThat(leases).containsOnlyKeys(SHARD_0, SHARD_1, SHARD_2);
    assertThat(leases.get(SHARD_0).getCheckpoint()).isEqualTo(ExtendedSequenceNumber.SHARD_END);
    assertThat(leases.get(SHARD_0).getChildShardIds()).containsExactlyInAnyOrder(SHARD_1, SHARD_2);
    assertThat(leases.get(SHARD_1).getCheckpoint())
        .isEqualTo(new ExtendedSequenceNumber(number.toString(), 3L));
    assertThat(leases.get(SHARD_1).getParentShardIds()).containsExactly(SHARD_0);
    // A child of a shard that we have read begins at its beginning, whatever the start was.
    assertThat(leases.get(SHARD_2).getCheckpoint()).isEqualTo(ExtendedSequenceNumber.TRIM_HORIZON);
    assertThat(leases.get(SHARD_2).getHashKeyRange()).isNotNull();
  }

  @Test
  void aShardThatNobodyHasReadBeginsAtThePinnedTime() {
    TestStream stream = TestStream.create(kinesis, 1);

    assertThat(LeasePlan.of(tracked(stream)))
        .extracting(KinesisClientLease::getCheckpoint)
        .containsExactly(ExtendedSequenceNumber.AT_TIMESTAMP);
    assertThat(LeasePlan.checkpoint(null, StartPosition.trimHorizon()))
        .isEqualTo(ExtendedSequenceNumber.TRIM_HORIZON);
  }

  @Test
  void tablesOfEarlierRunsAreDeletedButTheLast() {
    TestStream stream = TestStream.create(kinesis, 1);
    TrackedStream tracked = tracked(stream);
    BatchFolder elsewhere = new BatchFolder("bucket", "elsewhere");
    for (long takeover : new long[] {1, 5, 30}) {
      new LeaseTables(dynamo, "stale", FOLDER)
          .create(takeover, stream.name(), LeasePlan.of(tracked));
    }
    LeaseTables other = new LeaseTables(dynamo, "stale", elsewhere);
    String foreign = other.create(2, stream.name(), LeasePlan.of(tracked));
    LeaseTables tables = new LeaseTables(dynamo, "stale", FOLDER);

    tables.deleteStale(41);
    String own = tables.create(41, stream.name(), LeasePlan.of(tracked));

    assertThat(tables.list()).hasSize(2).contains(own).anyMatch(name -> name.contains("-30-"));
    assertThat(other.list()).containsExactly(foreign);
    tables.deleteOwn();
    assertThat(tables.list()).hasSize(1).doesNotContain(own);
  }

  @Test
  void aShardHasEndedOnlyWhenKinesisHasNothingBehindItsMark() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.put(3);
    List<Mark> marks = marks(stream);
    ShardEnds ends = new ShardEnds(kinesis);
    assertThat(ends.proven(tracked(stream), at(marks.get(2)))).isEmpty();
    stream.split(SHARD_0);

    assertThat(ends.proven(tracked(stream), Map.of())).isEmpty();
    assertThat(ends.proven(tracked(stream), at(marks.get(1)))).isEmpty();
    assertThat(ends.proven(tracked(stream), at(marks.get(2))))
        .containsExactly(ShardMark.at(SHARD_0, marks.get(2)).asEnded());
  }

  @Test
  void aShardThatEndedEmptyHasEndedOnlyAsSeenFromItsStart() {
    TestStream stream = TestStream.create(kinesis, 1);
    stream.split(SHARD_0);

    assertThat(new ShardEnds(kinesis).proven(tracked(stream), Map.of()))
        .containsExactly(ShardMark.unread(SHARD_0).asEnded());
  }

  @Test
  void anEndIsProvenAsSoonAsAChildIsSeen() {
    TestStream stream = TestStream.create(kinesis, 1);
    TrackedStream tracked = tracked(stream);
    tracked.shards();
    stream.split(SHARD_0);
    ShardEnds ends = new ShardEnds(kinesis);

    tracked.seen(SHARD_0);
    assertThat(ends.proven(tracked, Map.of())).isEmpty();

    tracked.seen(SHARD_1);
    assertThat(ends.proven(tracked, Map.of())).containsExactly(ShardMark.unread(SHARD_0).asEnded());
  }

  private static Map<String, ShardMark> at(Mark mark) {
    return Map.of(SHARD_0, ShardMark.at(SHARD_0, mark));
  }

  private static List<Mark> marks(TestStream stream) {
    String iterator =
        kinesis.getShardIterator(stream.name(), SHARD_0, "TRIM_HORIZON").getShardIterator();
    return kinesis
        .getRecords(new GetRecordsRequest().withShardIterator(iterator))
        .getRecords()
        .stream()
        .map(record -> new Mark(new BigInteger(record.getSequenceNumber()), 0))
        .toList();
  }

  private static TrackedStream tracked(TestStream stream, ShardMark... marks) {
    SourceConfig config =
        new SourceConfig(
            SourceConfig.Type.RECEIVER,
            List.of(stream.name()),
            InitialPosition.AT_TIMESTAMP,
            Instant.EPOCH.plusSeconds(1),
            null,
            new DirectConfig(new ReadLimits(1, 1, Duration.ofSeconds(1)), new Pace(5, 1), 0),
            new ReceiverConfig(1, ReceiverConfig.Metrics.NONE));
    TrackedStreams streams = new TrackedStreams(kinesis, config, Clock.systemUTC());
    SourceProgress fresh = streams.resume(List.of()).get(0);
    streams.resume(
        List.of(
            new SourceProgress(
                fresh.stream(),
                fresh.arn(),
                fresh.streamCreatedAt(),
                fresh.start(),
                List.of(),
                List.of(marks))));
    return streams.streams().get(0);
  }
}
