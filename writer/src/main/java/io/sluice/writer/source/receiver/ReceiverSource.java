package io.sluice.writer.source.receiver;

import com.amazonaws.regions.DefaultAwsRegionProviderChain;
import com.amazonaws.regions.RegionUtils;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.metrics.interfaces.MetricsLevel;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.AwsSettings;
import io.sluice.common.aws.AwsSettings.Service;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.SourceProgress;
import io.sluice.writer.source.KinesisClients;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.Source;
import io.sluice.writer.source.SourceConfig;
import io.sluice.writer.source.TrackedStream;
import io.sluice.writer.source.TrackedStreams;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.kinesis.KinesisInitialPositions;
import org.apache.spark.streaming.kinesis.KinesisInputDStream;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Reads Kinesis streams by the receivers of spark-streaming-kinesis-asl, which run the Kinesis
 * Client Library.
 *
 * <p>They deliver at least once; each record is committed once all the same: leases start at the
 * marks of the log, blocks are checked against their ranges, records are told apart by shard and
 * mark, and the run ends when a receiver or its executor does.
 */
@SuppressWarnings(
    "deprecation") // Spark points to Structured Streaming; the writer is a DStream application
public final class ReceiverSource implements Source {
  /** The KCL's checkpoints only bound what is read twice when a lease moves within the run. */
  private static final Duration LEAST_CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

  private static final ClassTag<ReceivedRecord> RECORDS =
      ClassTag$.MODULE$.apply(ReceivedRecord.class);

  private final SourceConfig config;
  private final AwsSettings aws;
  private final BatchFolder folder;
  private final TrackedStreams tracked;
  private final ShardEnds ends;
  private final ReceiverWatch watch = new ReceiverWatch();
  private AmazonDynamoDB dynamo;
  private LeaseTables tables;

  public ReceiverSource(SourceConfig config, AwsSettings aws, BatchFolder folder, Clock clock) {
    AmazonKinesis kinesis = KinesisClients.of(config.kinesis(aws));
    this.config = config;
    this.aws = aws;
    this.folder = folder;
    this.tracked = new TrackedStreams(kinesis, config, clock);
    this.ends = new ShardEnds(kinesis);
  }

  /**
   * A lost block is read again from Kinesis for about a minute and a half instead of three times
   * within a second; and the first interval after an outage is bounded.
   */
  @Override
  public void prepare(SparkConf spark) {
    ReceiverRoom.require(spark, config.streams().size() * config.receiver().receivers());
    // Blocks lie with the receiver, whose core is never free: to wait for it is in vain.
    spark.setIfMissing("spark.locality.wait", "0s");
    spark.setIfMissing("spark.streaming.kinesis.retry.maxAttempts", "10");
    spark.setIfMissing("spark.streaming.kinesis.retry.waitTime", "1s");
    spark.setIfMissing("spark.streaming.receiver.maxRate", "10000");
    spark.setIfMissing("spark.streaming.backpressure.enabled", "true");
    // Its data is in Kinesis already.
    spark.set("spark.streaming.receiver.writeAheadLog.enable", "false");
  }

  @Override
  public List<SourceProgress> resume(List<SourceProgress> committed) {
    return tracked.resume(committed);
  }

  @Override
  public JavaDStream<ShardSlice> stream(
      JavaStreamingContext context, Manifest takeover, IntSupplier partitions) {
    SparkContext spark = context.sparkContext().sc();
    spark.addSparkListener(watch.executors());
    context.addStreamingListener(watch.receivers());
    dynamo = dynamo();
    tables = new LeaseTables(dynamo, takeover.writer().application(), folder);
    tables.deleteStale(takeover.number());
    List<JavaDStream<?>> streams = new ArrayList<>();
    for (TrackedStream stream : tracked.streams()) {
      String table = tables.create(takeover.number(), stream.name(), LeasePlan.of(stream));
      for (int i = 0; i < config.receiver().receivers(); i++) {
        streams.add(receiver(context, stream, table, takeover.interval()));
      }
    }
    return context.transform(streams, new ToSlices(spark, this::marks, partitions));
  }

  @Override
  public List<SourceProgress> after(List<SliceEnd> sliceEnds) {
    watch.requireAllAlive();
    List<SliceEnd> all = new ArrayList<>(sliceEnds);
    for (TrackedStream stream : tracked.streams()) {
      Map<String, ShardMark> marks = stream.marks();
      sliceEnds.stream()
          .filter(end -> end.stream().equals(stream.name()))
          .map(SliceEnd::reached)
          .forEach(
              reached -> {
                stream.seen(reached.shard());
                marks.put(reached.shard(), reached);
              });
      addEnded(all, stream.name(), ends.proven(stream, marks));
    }
    return tracked.after(all);
  }

  @Override
  public void committed(List<SourceProgress> progress, List<SliceEnd> sliceEnds) {
    tracked.committed(progress);
  }

  @Override
  public synchronized void close() {
    if (tables != null) {
      tables.deleteOwn();
      dynamo.shutdown();
    }
  }

  private JavaDStream<ReceivedRecord> receiver(
      JavaStreamingContext context, TrackedStream stream, String table, Duration interval) {
    Duration checkpoints =
        interval.compareTo(LEAST_CHECKPOINT_INTERVAL) > 0 ? interval : LEAST_CHECKPOINT_INTERVAL;
    return new JavaDStream<>(
        from(stream.progress(), KinesisInputDStream.builder())
            .streamingContext(context)
            .streamName(stream.name())
            .endpointUrl(kinesisEndpoint())
            .regionName(region())
            .checkpointAppName(table)
            .checkpointInterval(Milliseconds.apply(checkpoints.toMillis()))
            // Replicas would be of no use: with its executor the whole run ends.
            .storageLevel(StorageLevel.MEMORY_AND_DISK())
            .kinesisCredentials(new ReceiverCredentials(config.kinesis(aws)))
            .dynamoDBCredentials(new ReceiverCredentials(aws))
            .cloudWatchCredentials(new ReceiverCredentials(aws))
            .metricsLevel(MetricsLevel.fromName(config.receiver().metrics().name()))
            .buildWithMessageHandler(new RecordHandler(), RECORDS),
        RECORDS);
  }

  private Map<ShardId, ShardMark> marks() {
    Map<ShardId, ShardMark> marks = new HashMap<>();
    for (TrackedStream stream : tracked.streams()) {
      stream.marks().forEach((shard, mark) -> marks.put(new ShardId(stream.name(), shard), mark));
    }
    return marks;
  }

  /** An end replaces what the interval says of the same shard, and keeps what it took. */
  private static void addEnded(List<SliceEnd> all, String stream, List<ShardMark> ended) {
    for (ShardMark mark : ended) {
      SliceEnd found =
          all.stream()
              .filter(
                  end -> end.stream().equals(stream) && end.reached().shard().equals(mark.shard()))
              .findFirst()
              .orElse(new SliceEnd(stream, mark, null, 0, Duration.ZERO, null));
      all.remove(found);
      all.add(
          new SliceEnd(
              stream, mark, found.taken(), found.duplicates(), found.behind(), found.next()));
    }
  }

  /** For the shards whose leases say AT_TIMESTAMP. */
  private static KinesisInputDStream.Builder from(
      SourceProgress progress, KinesisInputDStream.Builder builder) {
    return progress
        .start()
        .startTime()
        .map(
            time ->
                builder.initialPosition(new KinesisInitialPositions.AtTimestamp(Date.from(time))))
        .orElseGet(() -> builder.initialPosition(new KinesisInitialPositions.TrimHorizon()));
  }

  private AmazonDynamoDB dynamo() {
    return new AwsClients(aws)
        .configure(AmazonDynamoDBClientBuilder.standard(), Service.DYNAMODB)
        .build();
  }

  private String region() {
    return aws.region() != null ? aws.region() : new DefaultAwsRegionProviderChain().getRegion();
  }

  private String kinesisEndpoint() {
    return aws.endpoint(Service.KINESIS)
        .map(URI::toString)
        .orElseGet(
            () -> "https://" + RegionUtils.getRegion(region()).getServiceEndpoint("kinesis"));
  }
}
