package io.sluice.stack.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.ClientConfiguration;
import com.amazonaws.Request;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.*;
import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.HashKeyRange;
import io.sluice.stack.kinesis.store.KinesisException;
import io.sluice.stack.kinesis.store.KinesisException.Kind;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the SDK for Java v1 must find in the stand-in, whichever format it speaks. */
abstract class KinesisContract {
  private static final String STREAM = "quakes";
  private static final String SHARD_0 = "shardId-000000000000";
  private static final String SHARD_1 = "shardId-000000000001";
  private static final String MIDDLE = "170141183460469231731687303715884105728";

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final AtomicReference<CallFaults> faults = new AtomicReference<>(CallFaults.NONE);
  private final AtomicReference<String> contentType = new AtomicReference<>();
  private KinesisServer server;
  private AmazonKinesis kinesis;

  /** The content type that the SDK is to use. */
  abstract String format();

  @BeforeEach
  void start() throws Exception {
    start(ShardLimits.NONE);
  }

  @AfterEach
  void stop() {
    kinesis.shutdown();
    server.close();
  }

  @Test
  void speaksTheFormatUnderTest() {
    kinesis.listStreams();

    assertThat(contentType.get()).isEqualTo(format());
  }

  @Test
  void createsDescribesAndDeletesAStream() {
    kinesis.createStream(STREAM, 2);
    assertThat(describe().getStreamStatus()).isEqualTo("CREATING");
    awaitActive();

    StreamDescription stream = describe();
    assertThat(stream.getStreamARN())
        .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/quakes");
    assertThat(stream.getStreamCreationTimestamp()).isCloseTo(Date.from(Instant.now()), 60_000);
    assertThat(stream.getRetentionPeriodHours()).isEqualTo(24);
    assertThat(stream.getHasMoreShards()).isFalse();
    assertThat(stream.getShards()).extracting(Shard::getShardId).containsExactly(SHARD_0, SHARD_1);
    assertThat(stream.getShards().get(1).getHashKeyRange().getStartingHashKey()).isEqualTo(MIDDLE);
    assertThat(stream.getShards().get(1).getSequenceNumberRange().getEndingSequenceNumber())
        .isNull();
    StreamDescriptionSummary summary =
        kinesis
            .describeStreamSummary(new DescribeStreamSummaryRequest().withStreamName(STREAM))
            .getStreamDescriptionSummary();
    assertThat(summary.getOpenShardCount()).isEqualTo(2);
    assertThat(summary.getStreamCreationTimestamp()).isEqualTo(stream.getStreamCreationTimestamp());

    kinesis.deleteStream(STREAM);
    assertThat(describe().getStreamStatus()).isEqualTo("DELETING");
    await().until(() -> kinesis.listStreams().getStreamNames().isEmpty());
    assertThatThrownBy(this::describe)
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Stream quakes under account 000000000000 not found.");
  }

  @Test
  void refusesASecondStreamOfTheSameName() {
    kinesis.createStream(STREAM, 1);

    assertThatThrownBy(() -> kinesis.createStream(STREAM, 1))
        .isInstanceOf(ResourceInUseException.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void refusesPutsBeforeTheStreamIsActive() {
    kinesis.createStream(STREAM, 1);

    assertThatThrownBy(() -> put("a")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void listsStreamsByPages() {
    List.of("c", "a", "b").forEach(name -> kinesis.createStream(name, 1));

    ListStreamsResult first = kinesis.listStreams(new ListStreamsRequest().withLimit(2));
    ListStreamsResult byToken =
        kinesis.listStreams(new ListStreamsRequest().withNextToken(first.getNextToken()));
    ListStreamsResult byName =
        kinesis.listStreams(new ListStreamsRequest().withExclusiveStartStreamName("b"));

    assertThat(first.getStreamNames()).containsExactly("a", "b");
    assertThat(first.getHasMoreStreams()).isTrue();
    assertThat(byToken.getStreamNames()).containsExactly("c");
    assertThat(byToken.getHasMoreStreams()).isFalse();
    assertThat(byName.getStreamNames()).containsExactly("c");
    assertThat(byName.getStreamSummaries().get(0).getStreamARN()).endsWith(":stream/c");
  }

  @Test
  void givesBackWhatWasPut() {
    create(1);
    byte[] data = new byte[256];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    PutRecordResult put = kinesis.putRecord(STREAM, ByteBuffer.wrap(data), "Schlüssel");

    GetRecordsResult read = read(trimHorizon(SHARD_0));
    com.amazonaws.services.kinesis.model.Record found = read.getRecords().get(0);
    assertThat(put.getShardId()).isEqualTo(SHARD_0);
    assertThat(put.getSequenceNumber()).hasSize(56).isEqualTo(found.getSequenceNumber());
    assertThat(found.getData()).isEqualTo(ByteBuffer.wrap(data));
    assertThat(found.getPartitionKey()).isEqualTo("Schlüssel");
    assertThat(found.getApproximateArrivalTimestamp().toInstant()).isBetween(before, Instant.now());
    assertThat(read.getMillisBehindLatest()).isZero();
    assertThat(read.getNextShardIterator()).isNotEmpty();
    assertThat(read.getChildShards()).isNullOrEmpty();
  }

  @Test
  void takesTheArnInPlaceOfTheName() {
    create(1);
    String arn = describe().getStreamARN();

    kinesis.putRecord(
        new PutRecordRequest().withStreamARN(arn).withPartitionKey("k").withData(bytes("x")));

    assertThat(kinesis.listShards(new ListShardsRequest().withStreamARN(arn)).getShards())
        .hasSize(1);
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("x");
    assertThatThrownBy(
            () -> kinesis.describeStream(new DescribeStreamRequest().withStreamARN("arn:nonsense")))
        .isInstanceOf(AmazonKinesisException.class)
        .hasMessageContaining("'streamARN' failed to satisfy constraint");
  }

  @Test
  void spreadsPutRecordsByTheMd5OfThePartitionKey() {
    create(2);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      entries.add(entry("key-" + i, "data-" + i));
    }

    PutRecordsResult result = putRecords(entries);

    assertThat(result.getFailedRecordCount()).isZero();
    assertThat(result.getRecords()).hasSize(500);
    for (int i = 0; i < 500; i++) {
      boolean low = HashKeyRange.hashKeyOf("key-" + i).compareTo(new BigInteger(MIDDLE)) < 0;
      assertThat(result.getRecords().get(i).getShardId()).isEqualTo(low ? SHARD_0 : SHARD_1);
    }
    List<String> all = new ArrayList<>(data(read(trimHorizon(SHARD_0))));
    all.addAll(data(read(trimHorizon(SHARD_1))));
    assertThat(all).hasSize(500).doesNotHaveDuplicates();
  }

  @Test
  void anExplicitHashKeyOverridesThePartitionKey() {
    create(2);

    PutRecordsResult result =
        putRecords(
            List.of(
                entry("same", "low").withExplicitHashKey("0"),
                entry("same", "high").withExplicitHashKey(MIDDLE)));

    assertThat(result.getRecords())
        .extracting(PutRecordsResultEntry::getShardId)
        .containsExactly(SHARD_0, SHARD_1);
    assertThatThrownBy(
            () ->
                putRecords(
                    List.of(
                        entry("k", "d")
                            .withExplicitHashKey("340282366920938463463374607431768211456"))))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("ExplicitHashKey must be in the range: [0, 2^128-1]");
  }

  @Test
  void startsReadingWhereTheIteratorSays() {
    create(1);
    put("a");
    final String second = put("b").getSequenceNumber();
    ahead.set(Duration.ofSeconds(20));
    final Date later = Date.from(Instant.now().plusSeconds(10));
    put("c");
    String latest = iterator(request(ShardIteratorType.LATEST));
    put("d");

    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a", "b", "c", "d");
    assertThat(
            data(
                read(
                    iterator(
                        request(ShardIteratorType.AT_SEQUENCE_NUMBER)
                            .withStartingSequenceNumber(second)))))
        .containsExactly("b", "c", "d");
    assertThat(
            data(
                read(
                    iterator(
                        request(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                            .withStartingSequenceNumber(second)))))
        .containsExactly("c", "d");
    assertThat(data(read(iterator(request(ShardIteratorType.AT_TIMESTAMP).withTimestamp(later)))))
        .containsExactly("c", "d");
    assertThat(data(read(latest))).containsExactly("d");
  }

  @Test
  void pagesThroughAShardByLimit() {
    create(1);
    putRecords(List.of(entry("k", "a"), entry("k", "b"), entry("k", "c")));
    ahead.set(Duration.ofSeconds(5));

    GetRecordsResult first =
        kinesis.getRecords(
            new GetRecordsRequest().withShardIterator(trimHorizon(SHARD_0)).withLimit(2));
    GetRecordsResult rest = read(first.getNextShardIterator());

    assertThat(data(first)).containsExactly("a", "b");
    assertThat(first.getMillisBehindLatest()).isBetween(5_000L, 60_000L);
    assertThat(data(rest)).containsExactly("c");
    assertThat(rest.getMillisBehindLatest()).isZero();
    assertThat(data(read(rest.getNextShardIterator()))).isEmpty();
  }

  @Test
  void aSplitShardEndsWithItsChildren() {
    create(1);
    put("before");
    kinesis.splitShard(STREAM, SHARD_0, MIDDLE);
    awaitActive();
    put("after");

    GetRecordsResult end = read(trimHorizon(SHARD_0));

    assertThat(data(end)).containsExactly("before");
    assertThat(end.getNextShardIterator()).isNull();
    assertThat(end.getChildShards())
        .extracting(ChildShard::getShardId)
        .containsExactly(SHARD_1, "shardId-000000000002");
    assertThat(end.getChildShards().get(0).getParentShards()).containsExactly(SHARD_0);
    assertThat(end.getChildShards().get(1).getHashKeyRange().getStartingHashKey())
        .isEqualTo(MIDDLE);
    Shard parent = describe().getShards().get(0);
    assertThat(new BigInteger(parent.getSequenceNumberRange().getEndingSequenceNumber()))
        .isGreaterThan(new BigInteger(end.getRecords().get(0).getSequenceNumber()));
    assertThat(describe().getShards().get(1).getParentShardId()).isEqualTo(SHARD_0);
  }

  @Test
  void mergedShardsHaveTwoParents() {
    create(2);

    kinesis.mergeShards(STREAM, SHARD_0, SHARD_1);
    awaitActive();

    Shard merged = describe().getShards().get(2);
    assertThat(merged.getParentShardId()).isEqualTo(SHARD_0);
    assertThat(merged.getAdjacentParentShardId()).isEqualTo(SHARD_1);
    assertThat(read(trimHorizon(SHARD_1)).getChildShards().get(0).getParentShards())
        .containsExactly(SHARD_0, SHARD_1);
    assertThatThrownBy(() -> kinesis.mergeShards(STREAM, SHARD_0, SHARD_1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("has already been merged or split");
  }

  @Test
  void listsShardsByPagesAndFilters() {
    create(3);
    kinesis.splitShard(STREAM, SHARD_1, "170141183460469231731687303715884105000");
    awaitActive();

    ListShardsResult first =
        kinesis.listShards(new ListShardsRequest().withStreamName(STREAM).withMaxResults(3));
    ListShardsResult second =
        kinesis.listShards(new ListShardsRequest().withNextToken(first.getNextToken()));

    assertThat(first.getShards()).hasSize(3);
    assertThat(second.getShards())
        .extracting(Shard::getShardId)
        .containsExactly("shardId-000000000003", "shardId-000000000004");
    assertThat(second.getNextToken()).isNull();
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.AT_LATEST)))
        .doesNotContain(SHARD_1)
        .hasSize(4);
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.AT_TRIM_HORIZON)))
        .containsExactly(SHARD_0, SHARD_1, "shardId-000000000002");
    assertThat(filtered(new ShardFilter().withType(ShardFilterType.FROM_TRIM_HORIZON))).hasSize(5);
    assertThat(
            filtered(
                new ShardFilter()
                    .withType(ShardFilterType.AFTER_SHARD_ID)
                    .withShardId("shardId-000000000003")))
        .containsExactly("shardId-000000000004");
    assertThat(
            filtered(
                new ShardFilter()
                    .withType(ShardFilterType.FROM_TIMESTAMP)
                    .withTimestamp(Date.from(Instant.now()))))
        .doesNotContain(SHARD_1)
        .hasSize(4);
  }

  @Test
  void aPageTokenExpires() {
    create(2);
    String token =
        kinesis
            .listShards(new ListShardsRequest().withStreamName(STREAM).withMaxResults(1))
            .getNextToken();

    ahead.set(Duration.ofMinutes(6));

    assertThatThrownBy(() -> kinesis.listShards(new ListShardsRequest().withNextToken(token)))
        .isInstanceOf(ExpiredNextTokenException.class)
        .hasMessageContaining("NextToken is expired");
  }

  @Test
  void anIteratorExpiresAfterFiveMinutes() {
    create(1);
    String iterator = trimHorizon(SHARD_0);
    ahead.set(Duration.ofMinutes(4));
    assertThat(read(iterator).getRecords()).isEmpty();

    ahead.set(Duration.ofSeconds(301));

    assertThatThrownBy(() -> read(iterator))
        .isInstanceOf(ExpiredIteratorException.class)
        .hasMessageContaining("Iterator expired");
  }

  @Test
  void anIteratorDoesNotReadAStreamThatWasCreatedAgain() {
    create(1);
    String iterator = trimHorizon(SHARD_0);
    kinesis.deleteStream(STREAM);
    await().until(() -> kinesis.listStreams().getStreamNames().isEmpty());
    create(1);

    assertThatThrownBy(() -> read(iterator)).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void keepsRecordsForAsLongAsTheRetentionSays() {
    create(1);
    put("a");
    kinesis.increaseStreamRetentionPeriod(
        new IncreaseStreamRetentionPeriodRequest()
            .withStreamName(STREAM)
            .withRetentionPeriodHours(48));
    ahead.set(Duration.ofHours(30));
    assertThat(describe().getRetentionPeriodHours()).isEqualTo(48);
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");

    kinesis.decreaseStreamRetentionPeriod(
        new DecreaseStreamRetentionPeriodRequest()
            .withStreamName(STREAM)
            .withRetentionPeriodHours(24));
    ahead.set(Duration.ofHours(31));

    assertThat(data(read(trimHorizon(SHARD_0)))).isEmpty();
    assertThatThrownBy(
            () ->
                kinesis.decreaseStreamRetentionPeriod(
                    new DecreaseStreamRetentionPeriodRequest()
                        .withStreamName(STREAM)
                        .withRetentionPeriodHours(23)))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void refusesWhatIsAboveTheLimits() {
    create(1);
    ByteBuffer tooLarge = ByteBuffer.allocate((1 << 20) + 1);
    List<PutRecordsRequestEntry> tooMany = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      tooMany.add(entry("k", "d"));
    }
    List<PutRecordsRequestEntry> tooMuch = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tooMuch.add(
          new PutRecordsRequestEntry()
              .withPartitionKey("k")
              .withData(ByteBuffer.allocate((1 << 20) - 1)));
    }

    assertRefused("ValidationException", () -> kinesis.putRecord(STREAM, tooLarge, "k"));
    assertRefused("ValidationException", () -> kinesis.putRecord(STREAM, bytes("x"), ""));
    assertRefused("ValidationException", () -> putRecords(tooMany));
    assertRefused("InvalidArgumentException", () -> putRecords(tooMuch));
    assertRefused(
        "ValidationException",
        () ->
            kinesis.getRecords(
                new GetRecordsRequest().withShardIterator(trimHorizon(SHARD_0)).withLimit(10_001)));
    assertThat(read(trimHorizon(SHARD_0)).getRecords()).isEmpty();
    kinesis.putRecord(STREAM, ByteBuffer.allocate((1 << 20) - 1), "k");
  }

  @Test
  void refusesNamesNumbersAndIteratorsThatItDoesNotKnow() {
    create(2);
    String foreign =
        putRecords(List.of(entry("k", "d").withExplicitHashKey(MIDDLE)))
            .getRecords()
            .get(0)
            .getSequenceNumber();

    assertThatThrownBy(() -> trimHorizon("shardId-000000000009"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Shard shardId-000000000009 in stream quakes");
    assertThatThrownBy(() -> kinesis.putRecord("nowhere", bytes("x"), "k"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () ->
                iterator(
                    request(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .withStartingSequenceNumber(foreign)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("is invalid because it did not come from this stream");
    assertThatThrownBy(() -> read("bm9uc2Vuc2U="))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("Invalid ShardIterator");
    assertRefused("ValidationException", () -> kinesis.createStream("not a name", 1));
    assertThatThrownBy(() -> kinesis.listStreamConsumers(new ListStreamConsumersRequest()))
        .isInstanceOf(AmazonServiceException.class)
        .hasMessageContaining("The stand-in has no action named 'ListStreamConsumers'");
  }

  @Test
  void throttlesAtTheRealLimitsIfAsked() throws Exception {
    stop();
    start(ShardLimits.REAL);
    create(1);
    List<PutRecordsRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      entries.add(
          new PutRecordsRequestEntry()
              .withPartitionKey("k")
              .withData(ByteBuffer.allocate(300_000)));
    }

    PutRecordsResult result = putRecords(entries);

    assertThat(result.getFailedRecordCount()).isEqualTo(2);
    assertThat(result.getRecords().get(4).getErrorCode())
        .isEqualTo("ProvisionedThroughputExceededException");
    assertThat(result.getRecords().get(4).getErrorMessage())
        .startsWith("Rate exceeded for shard shardId-000000000000 in stream quakes");
    assertThat(result.getRecords().get(4).getSequenceNumber()).isNull();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20; i++) {
                read(trimHorizon(SHARD_0));
              }
            })
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void aFaultBeforeACallLeavesNothingBehind() {
    create(1);
    faults.set(failing("PutRecord", true));

    assertThatThrownBy(() -> put("a")).isInstanceOf(ProvisionedThroughputExceededException.class);

    faults.set(CallFaults.NONE);
    assertThat(read(trimHorizon(SHARD_0)).getRecords()).isEmpty();
  }

  @Test
  void aFaultAfterACallLosesOnlyTheAnswer() {
    create(1);
    faults.set(failing("PutRecord", false));

    assertThatThrownBy(() -> put("a")).isInstanceOf(ProvisionedThroughputExceededException.class);

    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");
  }

  @Test
  void aFaultOnARecordFailsThatRecordAlone() {
    create(1);
    faults.set(
        new CallFaults() {
          @Override
          public void beforeRecord(Call call, String partitionKey) {
            if (partitionKey.equals("bad")) {
              throw new KinesisException(Kind.INTERNAL_FAILURE, "Internal service failure.");
            }
          }
        });

    PutRecordsResult result = putRecords(List.of(entry("good", "a"), entry("bad", "b")));

    assertThat(result.getFailedRecordCount()).isEqualTo(1);
    assertThat(result.getRecords().get(1).getErrorCode()).isEqualTo("InternalFailure");
    assertThat(data(read(trimHorizon(SHARD_0)))).containsExactly("a");
  }

  private static CallFaults failing(String operation, boolean before) {
    Predicate<CallFaults.Call> hit =
        call -> call.operation().equals(operation) && call.stream().equals(STREAM);
    return new CallFaults() {
      @Override
      public void before(Call call) {
        fail(before && hit.test(call));
      }

      @Override
      public void after(Call call) {
        fail(!before && hit.test(call));
      }

      private void fail(boolean now) {
        if (now) {
          throw new KinesisException(Kind.PROVISIONED_THROUGHPUT_EXCEEDED, "ordered");
        }
      }
    };
  }

  private void start(ShardLimits limits) throws Exception {
    StoreSettings settings =
        new StoreSettings(
            "us-east-1",
            "000000000000",
            Duration.ofMillis(150),
            limits,
            () -> Instant.now().plus(ahead.get()));
    server = KinesisServer.start(0, settings, new ForwardingFaults());
    kinesis =
        AmazonKinesisClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(server.endpoint().toString(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("any", "thing")))
            .withClientConfiguration(new ClientConfiguration().withMaxErrorRetry(0))
            .withRequestHandlers(new ContentTypeSpy())
            .build();
  }

  private final class ForwardingFaults implements CallFaults {
    @Override
    public void before(Call call) {
      faults.get().before(call);
    }

    @Override
    public void after(Call call) {
      faults.get().after(call);
    }

    @Override
    public void beforeRecord(Call call, String partitionKey) {
      faults.get().beforeRecord(call, partitionKey);
    }
  }

  private final class ContentTypeSpy extends RequestHandler2 {
    @Override
    public void beforeRequest(Request<?> request) {
      Map<String, String> headers = request.getHeaders();
      contentType.set(headers.get("Content-Type"));
    }
  }

  private void create(int shards) {
    kinesis.createStream(STREAM, shards);
    awaitActive();
  }

  private void awaitActive() {
    await().until(() -> describe().getStreamStatus().equals("ACTIVE"));
  }

  private StreamDescription describe() {
    return kinesis.describeStream(STREAM).getStreamDescription();
  }

  private PutRecordResult put(String data) {
    return kinesis.putRecord(STREAM, bytes(data), "key");
  }

  private PutRecordsResult putRecords(List<PutRecordsRequestEntry> entries) {
    return kinesis.putRecords(new PutRecordsRequest().withStreamName(STREAM).withRecords(entries));
  }

  private static PutRecordsRequestEntry entry(String key, String data) {
    return new PutRecordsRequestEntry().withPartitionKey(key).withData(bytes(data));
  }

  private static GetShardIteratorRequest request(ShardIteratorType type) {
    return new GetShardIteratorRequest()
        .withStreamName(STREAM)
        .withShardId(SHARD_0)
        .withShardIteratorType(type);
  }

  private String trimHorizon(String shard) {
    return iterator(request(ShardIteratorType.TRIM_HORIZON).withShardId(shard));
  }

  private String iterator(GetShardIteratorRequest request) {
    return kinesis.getShardIterator(request).getShardIterator();
  }

  private GetRecordsResult read(String iterator) {
    return kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator));
  }

  private List<String> filtered(ShardFilter filter) {
    return kinesis
        .listShards(new ListShardsRequest().withStreamName(STREAM).withShardFilter(filter))
        .getShards()
        .stream()
        .map(Shard::getShardId)
        .toList();
  }

  private static List<String> data(GetRecordsResult result) {
    return result.getRecords().stream()
        .map(found -> UTF_8.decode(found.getData()).toString())
        .toList();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void assertRefused(String errorCode, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AmazonServiceException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo(errorCode);
              assertThat(e.getStatusCode()).isEqualTo(400);
            });
  }
}
