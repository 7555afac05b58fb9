package io.sluice.stack.kinesis.kcl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.clientlibrary.exceptions.InvalidStateException;
import com.amazonaws.services.kinesis.clientlibrary.exceptions.ShutdownException;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.IRecordProcessorCheckpointer;
import com.amazonaws.services.kinesis.clientlibrary.interfaces.v2.IRecordProcessor;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.InitialPositionInStream;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.KinesisClientLibConfiguration;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.ShutdownReason;
import com.amazonaws.services.kinesis.clientlibrary.lib.worker.Worker;
import com.amazonaws.services.kinesis.clientlibrary.types.ExtendedSequenceNumber;
import com.amazonaws.services.kinesis.clientlibrary.types.InitializationInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ProcessRecordsInput;
import com.amazonaws.services.kinesis.clientlibrary.types.ShutdownInput;
import com.amazonaws.services.kinesis.clientlibrary.types.UserRecord;
import com.amazonaws.services.kinesis.leases.impl.HashKeyRangeForLease;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLease;
import com.amazonaws.services.kinesis.leases.impl.KinesisClientLeaseManager;
import com.amazonaws.services.kinesis.metrics.interfaces.MetricsLevel;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.ScalingType;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.UpdateShardCountRequest;
import io.sluice.stack.dynamodb.DynamoDbServer;
import io.sluice.stack.http.Address;
import io.sluice.stack.kinesis.KinesisServer;
import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Kinesis Client Library reads the stand-in, its leases in DynamoDB, while the shards change
 * under it.
 */
@Timeout(120)
class KclIT {
  private static final String STREAM = "quakes";
  private static final String LEASES = "quakes-readers";
  private static final String MIDDLE_OF_FIRST_HALF = "85070591730234615865843651857942052864";
  private static final AWSCredentialsProvider CREDENTIALS =
      new AWSStaticCredentialsProvider(new BasicAWSCredentials("any", "thing"));

  private final SeenRecords seen = new SeenRecords();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private KinesisServer kinesisServer;
  private DynamoDbServer dynamodbServer;
  private AmazonKinesis kinesis;
  private AmazonDynamoDB dynamodb;
  private KinesisClientLeaseManager leases;

  @BeforeEach
  void start() throws Exception {
    kinesisServer =
        KinesisServer.start(
            Address.loopback(0),
            new StoreSettings(
                "us-east-1",
                "000000000000",
                Duration.ofMillis(100),
                ShardLimits.NONE,
                64L << 20,
                InstantSource.system()),
            CallFaults.NONE);
    dynamodbServer = DynamoDbServer.start(0);
    kinesis =
        AmazonKinesisClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(kinesisServer.endpoint().toString(), "us-east-1"))
            .withCredentials(CREDENTIALS)
            .build();
    dynamodb =
        AmazonDynamoDBClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(dynamodbServer.endpoint().toString(), "us-east-1"))
            .withCredentials(CREDENTIALS)
            .build();
    leases = new KinesisClientLeaseManager(LEASES, dynamodb, BillingMode.PAY_PER_REQUEST);
    kinesis.createStream(STREAM, 2);
    awaitActive();
  }

  @AfterEach
  void stop() throws Exception {
    workers.forEach(Worker::shutdown);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    }
    kinesis.shutdown();
    dynamodb.shutdown();
    kinesisServer.close();
    dynamodbServer.close();
  }

  @Test
  void twoWorkersReadEveryRecordInOrderThroughSplitsAndMerges() throws Exception {
    createLeases();
    CountingProducer producer = new CountingProducer(kinesis, STREAM);
    try {
      startWorker("one");
      startWorker("two");
      awaitSomeFrom(producer);
      // Whoever comes first takes all leases; the other one gets its part some seconds later.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> seen.workers().containsAll(List.of("one", "two")));
      kinesis.splitShard(STREAM, "shardId-000000000000", MIDDLE_OF_FIRST_HALF);
      awaitActive();
      awaitSomeFrom(producer);
      kinesis.mergeShards(STREAM, "shardId-000000000003", "shardId-000000000001");
      awaitActive();
      awaitSomeFrom(producer);
      updateShardCount(4);
      awaitActive();
      awaitSomeFrom(producer);
      updateShardCount(3);
      awaitActive();
      awaitSomeFrom(producer);
    } finally {
      producer.stop();
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(seen.countByKey()).isEqualTo(producer.countByKey()));
    assertThat(seen.outOfOrder()).isEmpty();
    assertThat(seen.aggregated()).isGreaterThan(100);
    assertThat(seen.workers()).containsExactlyInAnyOrder("one", "two");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(checkpoints())
                    .containsOnlyKeys(shardIds(shard -> true))
                    .allSatisfy(
                        (shard, checkpoint) ->
                            assertThat(ExtendedSequenceNumber.SHARD_END.equals(checkpoint))
                                .as(shard)
                                .isEqualTo(isClosed(shard))));
  }

  /**
   * A reader without leases waits up to half a minute at random; one with leases begins at once.
   */
  private void createLeases() throws Exception {
    leases.createLeaseTableIfNotExists(10L, 10L);
    for (Shard shard : shards()) {
      KinesisClientLease lease = new KinesisClientLease();
      lease.setLeaseKey(shard.getShardId());
      lease.setCheckpoint(ExtendedSequenceNumber.TRIM_HORIZON);
      lease.setHashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.getHashKeyRange()));
      leases.createLeaseIfNotExists(lease);
    }
  }

  @SuppressWarnings("deprecation") // The KCL 1 as a whole is, and it is what Spark has.
  private void startWorker(String id) {
    KinesisClientLibConfiguration configuration =
        new KinesisClientLibConfiguration(LEASES, STREAM, CREDENTIALS, id)
            .withRegionName("us-east-1")
            .withInitialPositionInStream(InitialPositionInStream.TRIM_HORIZON)
            .withMetricsLevel(MetricsLevel.NONE)
            .withIdleTimeBetweenReadsInMillis(100)
            .withIdleMillisBetweenCalls(100)
            .withParentShardPollIntervalMillis(100)
            .withShardSyncIntervalMillis(1_000)
            .withFailoverTimeMillis(2_000)
            .withCleanupLeasesUponShardCompletion(false)
            .withBillingMode(BillingMode.PAY_PER_REQUEST);
    Worker worker =
        new Worker.Builder()
            .config(configuration)
            .kinesisClient(kinesis)
            .dynamoDBClient(dynamodb)
            .recordProcessorFactory(() -> new Processor(id))
            .build();
    workers.add(worker);
    Thread thread = new Thread(worker, "kcl-" + id);
    threads.add(thread);
    thread.start();
  }

  /** Until a second's worth of records, put after this call, has been seen. */
  private void awaitSomeFrom(CountingProducer producer) {
    int wanted = total(producer.countByKey()) + 800;
    await().atMost(Duration.ofSeconds(60)).until(() -> total(seen.countByKey()) >= wanted);
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void updateShardCount(int target) {
    kinesis.updateShardCount(
        new UpdateShardCountRequest()
            .withStreamName(STREAM)
            .withScalingType(ScalingType.UNIFORM_SCALING)
            .withTargetShardCount(target));
  }

  private void awaitActive() {
    await()
        .until(
            () ->
                kinesis
                    .describeStream(STREAM)
                    .getStreamDescription()
                    .getStreamStatus()
                    .equals("ACTIVE"));
  }

  private List<Shard> shards() {
    return kinesis.listShards(new ListShardsRequest().withStreamName(STREAM)).getShards();
  }

  private List<String> shardIds(java.util.function.Predicate<Shard> wanted) {
    return shards().stream().filter(wanted).map(Shard::getShardId).toList();
  }

  private boolean isClosed(String shardId) {
    return shardIds(shard -> shard.getSequenceNumberRange().getEndingSequenceNumber() != null)
        .contains(shardId);
  }

  private Map<String, ExtendedSequenceNumber> checkpoints() throws Exception {
    return leases.listLeases().stream()
        .collect(
            Collectors.toMap(KinesisClientLease::getLeaseKey, KinesisClientLease::getCheckpoint));
  }

  /** Notes what it sees and checkpoints all of it. */
  private final class Processor implements IRecordProcessor {
    private final String worker;
    private String shard;

    Processor(String worker) {
      this.worker = worker;
    }

    @Override
    public void initialize(InitializationInput input) {
      shard = input.getShardId();
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
      input
          .getRecords()
          .forEach(
              found ->
                  seen.see(
                      worker,
                      shard,
                      UTF_8.decode(found.getData()).toString(),
                      found instanceof UserRecord user && user.isAggregated()));
      checkpoint(input.getCheckpointer());
    }

    @Override
    public void shutdown(ShutdownInput input) {
      if (input.getShutdownReason() == ShutdownReason.TERMINATE) {
        checkpoint(input.getCheckpointer());
      }
    }

    private void checkpoint(IRecordProcessorCheckpointer checkpointer) {
      try {
        checkpointer.checkpoint();
      } catch (ShutdownException e) {
        // The other worker has taken the shard over, and begins at the checkpoint before.
      } catch (InvalidStateException e) {
        throw new IllegalStateException("the lease table is gone", e);
      }
    }
  }
}
