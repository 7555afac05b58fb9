package io.sluice.common.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.RecordedRequests.Request;
import io.sluice.common.config.ConfigException;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectBytes;
import io.sluice.common.store.S3ObjectStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the settings of S3 put on the wire, which the stand-in for S3 does not look at. */
class S3RequestOptionsTest {
  private static final String SSE = "x-amz-server-side-encryption";
  private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
  private static final String ACL = "x-amz-acl";
  private static final String CLASS = "x-amz-storage-class";
  private static final String PAYER = "x-amz-request-payer";

  private final RecordedRequests server = new RecordedRequests();

  @BeforeAll
  static void credentials() {
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretKey", "local-secret");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyWayToMakeAnObjectAsksForAllOptions() {
    List<Request> requests =
        writes(
            """
            encryption = sse-kms, kms-key = "alias/landing", acl = bucket-owner-full-control
            storage-class = intelligent-tiering, requester-pays = true""");

    assertThat(requests)
        .extracting(request -> request.line().split("[&?]", 2)[0])
        .containsExactly(
            "PUT /bucket/plain",
            "PUT /bucket/absent",
            "POST /bucket/parts",
            "PUT /bucket/parts",
            "POST /bucket/parts");
    assertThat(requests)
        .allSatisfy(it -> assertThat(it.headers()).containsEntry(PAYER, "requester"));
    assertThat(requests.subList(0, 3))
        .allSatisfy(
            it ->
                assertThat(it.headers())
                    .containsEntry(SSE, "aws:kms")
                    .containsEntry(KMS_KEY, "alias/landing")
                    .containsEntry(ACL, "bucket-owner-full-control")
                    .containsEntry(CLASS, "INTELLIGENT_TIERING"));
    assertThat(requests.get(1).headers()).containsEntry("if-none-match", "*");
    // Of no bytes, by which S3 finds damage; the SDK has no MD5 to hold against an ETag.
    assertThat(requests.subList(0, 2))
        .allSatisfy(
            it -> assertThat(it.headers()).containsEntry("x-amz-checksum-crc32c", "AAAAAA=="));
    assertThat(requests.get(3).headers())
        .containsEntry("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==")
        .doesNotContainKey("x-amz-checksum-crc32c");
  }

  @Test
  void s3CanEncryptWithKeysOfItsOwn() {
    assertThat(writes("encryption = sse-s3").subList(0, 3))
        .allSatisfy(
            it ->
                assertThat(it.headers())
                    .containsEntry(SSE, "AES256")
                    .doesNotContainKeys(KMS_KEY, ACL, CLASS, PAYER));
  }

  @Test
  void withoutSettingsTheBucketDecides() {
    assertThat(writes(""))
        .allSatisfy(
            it -> assertThat(it.headers()).doesNotContainKeys(SSE, KMS_KEY, ACL, CLASS, PAYER));
  }

  @Test
  void requestsAreSignedForTheBucketsOwnRegion() {
    assertThat(writes("region = ap-southeast-2").get(0).headers().get("authorization"))
        .contains("/ap-southeast-2/s3/aws4_request");
  }

  @Test
  void noCredentialIsInAnAddress() {
    assertThat(writes("")).noneSatisfy(it -> assertThat(it.line()).contains("local"));
  }

  @Test
  void aKeyOfKmsNeedsItsEncryption() {
    assertThatThrownBy(() -> settings("encryption = sse-s3, kms-key = k"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("aws.s3: kms-key goes with encryption = sse-kms only");
  }

  @Test
  void aStorageClassThatCopyCannotReadIsRefused() {
    assertThatThrownBy(() -> settings("storage-class = deep-archive"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "aws.s3.storage-class = deep-archive: must be one of standard, standard-ia, onezone-ia, intelligent-tiering, glacier-ir");
  }

  private List<Request> writes(String options) {
    AmazonS3 s3 = new AwsClients(settings(options)).s3();
    try {
      S3ObjectStore store = new S3ObjectStore(s3, "bucket");
      store.put("plain", new byte[0]);
      store.putIfAbsent("absent", new byte[0]);
      MultipartUpload upload = store.upload("parts");
      upload.part(1, ObjectBytes.of(new byte[0]));
      upload.complete();
    } finally {
      s3.shutdown();
    }
    return server.requests();
  }

  private AwsSettings settings(String options) {
    String text =
        """
        aws { region = us-east-1, s3 { endpoint = "%s", path-style = true
        %s
        } }
        """
            .formatted(server.address(), options);
    return ConfigFile.parse(text, "test.conf", "aws", AwsSettings::read);
  }
}
