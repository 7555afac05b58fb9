package io.sluice.stack.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.ClientConfiguration;
import com.amazonaws.Request;
import com.amazonaws.SDKGlobalConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.services.kinesis.AmazonKinesis;
import com.amazonaws.services.kinesis.AmazonKinesisClientBuilder;
import com.amazonaws.services.kinesis.model.GetRecordsRequest;
import com.amazonaws.services.kinesis.model.GetRecordsResult;
import com.amazonaws.services.kinesis.model.GetShardIteratorRequest;
import com.amazonaws.services.kinesis.model.ListShardsRequest;
import com.amazonaws.services.kinesis.model.PutRecordResult;
import com.amazonaws.services.kinesis.model.PutRecordsRequest;
import com.amazonaws.services.kinesis.model.PutRecordsRequestEntry;
import com.amazonaws.services.kinesis.model.PutRecordsResult;
import com.amazonaws.services.kinesis.model.Shard;
import com.amazonaws.services.kinesis.model.ShardFilter;
import com.amazonaws.services.kinesis.model.ShardIteratorType;
import com.amazonaws.services.kinesis.model.StreamDescription;
import io.sluice.stack.http.Address;
import io.sluice.stack.kinesis.operation.CallFaults;
import io.sluice.stack.kinesis.store.StoreSettings;
import io.sluice.stack.kinesis.store.StoreSettings.ShardLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A Kinesis stand-in for each test and the SDK for Java v1 before it, which speaks CBOR, as it
 * comes, or JSON.
 */
@ParameterizedClass
@EnumSource
abstract class KinesisCase {
  static final String STREAM = "quakes";
  static final String SHARD_0 = "shardId-000000000000";
  static final String SHARD_1 = "shardId-000000000001";
  static final String MIDDLE = "170141183460469231731687303715884105728";
  static final long MEMORY = 32L << 20;

  /** What the SDK sends and reads. */
  enum Format {
    CBOR("application/x-amz-cbor-1.1"),
    JSON("application/x-amz-json-1.1");

    final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }
  }

  final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  final AtomicReference<CallFaults> faults = new AtomicReference<>(CallFaults.NONE);
  final AtomicReference<String> contentType = new AtomicReference<>();
  AmazonKinesis kinesis;
  private KinesisServer server;

  @Parameter Format format;

  @BeforeEach
  void start() throws Exception {
    if (format == Format.JSON) {
      System.setProperty(SDKGlobalConfiguration.AWS_CBOR_DISABLE_SYSTEM_PROPERTY, "true");
    }
    start(ShardLimits.NONE);
  }

  @AfterEach
  void stop() {
    kinesis.shutdown();
    server.close();
    System.clearProperty(SDKGlobalConfiguration.AWS_CBOR_DISABLE_SYSTEM_PROPERTY);
  }

  final void start(ShardLimits limits) throws Exception {
    StoreSettings settings =
        new StoreSettings(
            "us-east-1",
            "000000000000",
            Duration.ofMillis(150),
            limits,
            MEMORY,
            () -> Instant.now().plus(ahead.get()));
    server = KinesisServer.start(Address.loopback(0), settings, new ForwardingFaults());
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

  void create(int shards) {
    kinesis.createStream(STREAM, shards);
    awaitActive();
  }

  void awaitActive() {
    await().until(() -> describe().getStreamStatus().equals("ACTIVE"));
  }

  StreamDescription describe() {
    return kinesis.describeStream(STREAM).getStreamDescription();
  }

  PutRecordResult put(String data) {
    return kinesis.putRecord(STREAM, bytes(data), "key");
  }

  PutRecordsResult putRecords(List<PutRecordsRequestEntry> entries) {
    return kinesis.putRecords(new PutRecordsRequest().withStreamName(STREAM).withRecords(entries));
  }

  static PutRecordsRequestEntry entry(String key, String data) {
    return new PutRecordsRequestEntry().withPartitionKey(key).withData(bytes(data));
  }

  static GetShardIteratorRequest request(ShardIteratorType type) {
    return new GetShardIteratorRequest()
        .withStreamName(STREAM)
        .withShardId(SHARD_0)
        .withShardIteratorType(type);
  }

  String trimHorizon(String shard) {
    return iterator(request(ShardIteratorType.TRIM_HORIZON).withShardId(shard));
  }

  String iterator(GetShardIteratorRequest request) {
    return kinesis.getShardIterator(request).getShardIterator();
  }

  GetRecordsResult read(String iterator) {
    return kinesis.getRecords(new GetRecordsRequest().withShardIterator(iterator));
  }

  List<String> filtered(ShardFilter filter) {
    return kinesis
        .listShards(new ListShardsRequest().withStreamName(STREAM).withShardFilter(filter))
        .getShards()
        .stream()
        .map(Shard::getShardId)
        .toList();
  }

  static List<String> data(GetRecordsResult result) {
    return result.getRecords().stream()
        .map(found -> UTF_8.decode(found.getData()).toString())
        .toList();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  static void assertRefused(String errorCode, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            AmazonServiceException.class,
            e -> {
              assertThat(e.getErrorCode()).isEqualTo(errorCode);
              assertThat(e.getStatusCode()).isEqualTo(400);
            });
  }
}
