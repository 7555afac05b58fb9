package io.sluice.stack.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.CompleteMultipartUploadRequest;
import com.amazonaws.services.s3.model.DeleteObjectsRequest;
import com.amazonaws.services.s3.model.InitiateMultipartUploadRequest;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PartETag;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import com.amazonaws.services.s3.model.UploadPartRequest;
import io.sluice.stack.fault.Faults;
import io.sluice.stack.front.Fronts;
import io.sluice.stack.http.Address;
import io.sluice.stack.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S3 as callers reach it: through its front. */
class S3ServerIT {
  private static final String BUCKET = "quakes";

  private enum Keeping {
    IN_MEMORY,
    ON_DISK
  }

  @TempDir private Path folder;
  private S3Server server;
  private HttpServer front;
  private AmazonS3 s3;

  @AfterEach
  void stop() {
    s3.shutdown();
    front.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasPut(Keeping keeping) throws Exception {
    start(keeping);

    s3.putObject(BUCKET, "a/b.txt", "zwölf");

    assertThat(s3.getObjectAsString(BUCKET, "a/b.txt")).isEqualTo("zwölf");
    assertThat(s3.getObjectMetadata(BUCKET, "a/b.txt").getContentLength()).isEqualTo(6);
    assertThatThrownBy(() -> s3.getObject(BUCKET, "a/none"))
        .isInstanceOfSatisfying(
            AmazonS3Exception.class, e -> assertThat(e.getErrorCode()).isEqualTo("NoSuchKey"));
  }

  @ParameterizedTest
  @EnumSource
  void oneOfManyRacersCreatesAKey(Keeping keeping) throws Exception {
    start(keeping);
    for (int round = 0; round < 10; round++) {
      String key = "_manifests/%020d.json".formatted(round);

      List<Integer> statuses = race(20, key);

      assertThat(statuses).containsOnly(200, 412);
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
      int winner = statuses.indexOf(200);
      assertThat(s3.getObjectAsString(BUCKET, key)).isEqualTo("racer " + winner);
    }
    assertThat(keys("_manifests/")).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void uploadsInParts(Keeping keeping) throws Exception {
    start(keeping);
    byte[] part = new byte[5 << 20];
    new Random(1).nextBytes(part);
    String upload =
        s3.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "big")).getUploadId();

    List<PartETag> tags = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      tags.add(
          s3.uploadPart(
                  new UploadPartRequest()
                      .withBucketName(BUCKET)
                      .withKey("big")
                      .withUploadId(upload)
                      .withPartNumber(number)
                      .withPartSize(part.length)
                      .withInputStream(new ByteArrayInputStream(part)))
              .getPartETag());
    }
    s3.completeMultipartUpload(new CompleteMultipartUploadRequest(BUCKET, "big", upload, tags));

    byte[] whole = s3.getObject(BUCKET, "big").getObjectContent().readAllBytes();
    assertThat(whole).hasSize(10 << 20).startsWith(part).endsWith(part);
    assertThat(keys("")).containsExactly("big");
  }

  @ParameterizedTest
  @EnumSource
  void listsByPagesPrefixAndDelimiter(Keeping keeping) throws Exception {
    start(keeping);
    for (int i = 0; i < 5; i++) {
      s3.putObject(BUCKET, "interval-" + i + "/orders/part", "x");
    }

    ListObjectsV2Result first =
        s3.listObjectsV2(new ListObjectsV2Request().withBucketName(BUCKET).withMaxKeys(3));
    ListObjectsV2Result folders =
        s3.listObjectsV2(new ListObjectsV2Request().withBucketName(BUCKET).withDelimiter("/"));

    assertThat(first.isTruncated()).isTrue();
    assertThat(first.getObjectSummaries()).hasSize(3);
    assertThat(folders.getCommonPrefixes()).hasSize(5).contains("interval-0/");
    assertThat(keys("interval-3/")).containsExactly("interval-3/orders/part");
    s3.deleteObjects(new DeleteObjectsRequest(BUCKET).withKeys("interval-0/orders/part", "none"));
    assertThat(keys("interval-0/")).isEmpty();
  }

  @Test
  void takesOnePutOfMoreThanTheProxysDefault() throws Exception {
    start(Keeping.ON_DISK);
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(130L << 20);

    s3.putObject(BUCKET, "large", new Zeros(130L << 20), metadata);

    assertThat(s3.getObjectMetadata(BUCKET, "large").getContentLength()).isEqualTo(130L << 20);
  }

  @Test
  void aKeyIsAPathOnDisk() throws Exception {
    start(Keeping.ON_DISK);
    s3.putObject(BUCKET, "a", "a file");

    assertThatThrownBy(() -> s3.putObject(BUCKET, "a/b", "below it"))
        .isInstanceOf(AmazonS3Exception.class);

    assertThat(s3.getObjectAsString(BUCKET, "a")).isEqualTo("a file");
  }

  @Test
  void findsItsObjectsAgainOnDisk() throws Exception {
    start(Keeping.ON_DISK);
    s3.putObject(BUCKET, "kept", "still here");
    stop();

    start(Keeping.ON_DISK);

    assertThat(s3.getObjectAsString(BUCKET, "kept")).isEqualTo("still here");
  }

  private List<Integer> race(int racers, String key) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(racers);
    CyclicBarrier barrier = new CyclicBarrier(racers);
    try {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < racers; i++) {
        byte[] body = ("racer " + i).getBytes(UTF_8);
        puts.add(
            () -> {
              barrier.await(30, TimeUnit.SECONDS);
              return putIfAbsent(key, body);
            });
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> put : threads.invokeAll(puts, 60, TimeUnit.SECONDS)) {
        statuses.add(put.get());
      }
      return statuses;
    } finally {
      threads.shutdownNow();
    }
  }

  private int putIfAbsent(String key, byte[] body) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(body.length);
    PutObjectRequest put =
        new PutObjectRequest(BUCKET, key, new ByteArrayInputStream(body), metadata);
    put.putCustomRequestHeader("If-None-Match", "*");
    try {
      s3.putObject(put);
      return 200;
    } catch (AmazonS3Exception e) {
      return e.getStatusCode();
    }
  }

  private List<String> keys(String prefix) {
    return s3.listObjectsV2(BUCKET, prefix).getObjectSummaries().stream()
        .map(S3ObjectSummary::getKey)
        .toList();
  }

  private void start(Keeping keeping) throws Exception {
    server = S3Server.start(0, keeping == Keeping.ON_DISK ? Optional.of(folder) : Optional.empty());
    front = Fronts.ofS3(Address.loopback(0), server.endpoint(), new Faults(1));
    s3 =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(front.endpoint().toString(), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("any", "thing")))
            .withClientConfiguration(
                new ClientConfiguration().withMaxErrorRetry(0).withMaxConnections(50))
            .withPathStyleAccessEnabled(true)
            .build();
    if (!s3.doesBucketExistV2(BUCKET)) {
      s3.createBucket(BUCKET);
    }
  }

  /** So many bytes without holding them. */
  private static final class Zeros extends java.io.InputStream {
    private long left;

    Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
