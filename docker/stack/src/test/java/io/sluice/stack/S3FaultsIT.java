package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.CompleteMultipartUploadRequest;
import com.amazonaws.services.s3.model.InitiateMultipartUploadRequest;
import com.amazonaws.services.s3.model.PartETag;
import com.amazonaws.services.s3.model.UploadPartRequest;
import io.sluice.stack.fault.Fault;
import io.sluice.stack.fault.FaultOrder;
import io.sluice.stack.fault.StandIn;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was ordered for S3, as the SDK without its retries sees it. */
class S3FaultsIT extends FaultsCase {
  private static final int PART_SIZE = 5 << 20;

  @Test
  void aMultipartUploadWhoseLastAnswerIsLostIsComplete() {
    for (int i = 0; i < 5; i++) {
      String key = "parts-" + i;
      String upload =
          s3.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, key)).getUploadId();
      UploadPartRequest part =
          new UploadPartRequest()
              .withBucketName(BUCKET)
              .withKey(key)
              .withUploadId(upload)
              .withPartNumber(1)
              .withPartSize(PART_SIZE)
              .withInputStream(new ByteArrayInputStream(new byte[PART_SIZE]));
      List<PartETag> parts = List.of(s3.uploadPart(part).getPartETag());
      faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).at("CompleteMultipartUpload"));

      assertThatThrownBy(
              () ->
                  s3.completeMultipartUpload(
                      new CompleteMultipartUploadRequest(BUCKET, key, upload, parts)))
          .isInstanceOf(SdkClientException.class);

      assertThat(s3.getObjectMetadata(BUCKET, key).getContentLength()).isEqualTo(PART_SIZE);
    }
  }

  @Test
  void s3SaysSlowDownAsOftenAsOrderedAndOnlyThere() {
    faults.order(
        FaultOrder.of(StandIn.S3, Fault.SLOW_DOWN).at("PutObject").on(BUCKET + "/slow/*").times(2));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> s3.putObject(BUCKET, "slow/a", "x"))
          .isInstanceOfSatisfying(
              AmazonS3Exception.class,
              e -> {
                assertThat(e.getStatusCode()).isEqualTo(503);
                assertThat(e.getErrorCode()).isEqualTo("SlowDown");
              });
    }
    assertThat(s3.doesObjectExist(BUCKET, "slow/a")).isFalse();
    s3.putObject(BUCKET, "fast/a", "x");
    s3.putObject(BUCKET, "slow/a", "x");

    assertThat(s3.getObjectAsString(BUCKET, "slow/a")).isEqualTo("x");
  }

  @Test
  void theSdkGetsOverErrorsByItself() {
    try (StackClients patient = new StackClients(stack.endpoints(), new ClientConfiguration())) {
      long id = faults.order(FaultOrder.of(StandIn.S3, Fault.INTERNAL_ERROR).times(3));

      patient.s3().putObject(BUCKET, "retried", "x");

      assertThat(faults.report(id).orElseThrow().struck()).isEqualTo(3);
    }
  }

  @Test
  void s3WaitsAsLongAsOrdered() {
    s3.putObject(BUCKET, "late", "x");
    faults.order(FaultOrder.of(StandIn.S3, Fault.LATENCY).lasting(Duration.ofMillis(700)));

    long begun = System.nanoTime();
    s3.getObjectAsString(BUCKET, "late");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(690));
  }

  @Test
  void s3HoldsACallOrItsAnswerForSoLongAtMost() {
    for (Fault fault : List.of(Fault.HOLD, Fault.HELD_ANSWER)) {
      faults.order(FaultOrder.of(StandIn.S3, fault).lasting(Duration.ofMillis(300)));

      long begun = System.nanoTime();
      s3.putObject(BUCKET, "held", fault.wireName());

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
      assertThat(s3.getObjectAsString(BUCKET, "held")).isEqualTo(fault.wireName());
    }
  }

  @Test
  void anObjectBreaksOffInTheMiddle() throws Exception {
    byte[] data = new byte[1 << 20];
    Arrays.fill(data, (byte) 'x');
    s3.putObject(BUCKET, "broken", new String(data, UTF_8));
    faults.order(FaultOrder.of(StandIn.S3, Fault.RESET).at("GetObject"));

    long read = 0;
    Exception seen = null;
    try (var body = s3.getObject(BUCKET, "broken").getObjectContent()) {
      for (int n = body.read(data); n >= 0; n = body.read(data)) {
        read += n;
      }
    } catch (Exception e) {
      seen = e;
    }

    assertThat(seen).isNotNull();
    assertThat(read).isLessThanOrEqualTo(data.length / 2);
    assertThat(s3.getObjectAsString(BUCKET, "broken")).hasSize(data.length);
  }

  @Test
  void anUploadBreaksOffAndLeavesNothing() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.RESET).at("PutObject"));

    assertThatThrownBy(() -> s3.putObject(BUCKET, "reset", "x"))
        .isInstanceOf(SdkClientException.class);

    assertThat(s3.doesObjectExist(BUCKET, "reset")).isFalse();
  }

  @Test
  void aConditionalPutWhoseAnswerIsLostHasHappened() {
    faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).at("PutObject"));

    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "conditional", "first"))
        .isInstanceOf(SdkClientException.class);

    assertThat(s3.getObjectAsString(BUCKET, "conditional")).isEqualTo("first");
    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "conditional", "second"))
        .isInstanceOfSatisfying(
            AmazonS3Exception.class, e -> assertThat(e.getStatusCode()).isEqualTo(412));
  }

  @Test
  void a412IsLostOnTheWayBackAndOthersArrive() {
    s3.putObject(BUCKET, "taken", "first");
    faults.order(FaultOrder.of(StandIn.S3, Fault.LOST_ANSWER).answeredWith(412));

    s3.putObject(BUCKET, "free", "x");
    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "taken", "second"))
        .isInstanceOf(SdkClientException.class)
        .isNotInstanceOf(AmazonS3Exception.class);

    assertThatThrownBy(() -> clients.putIfAbsent(BUCKET, "taken", "second"))
        .isInstanceOf(AmazonS3Exception.class);
  }
}
