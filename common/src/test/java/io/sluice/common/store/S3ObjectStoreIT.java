package io.sluice.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.s3.AmazonS3;
import io.sluice.common.aws.AwsClients;
import io.sluice.common.aws.RunningStack;
import io.sluice.common.store.ObjectStoreException.Kind;
import io.sluice.stack.process.FreePorts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class S3ObjectStoreIT extends ObjectStoreContract {
  @TempDir private static Path folder;

  private static RunningStack stack;
  private static AmazonS3 s3;

  private final S3ObjectStore store = new S3ObjectStore(s3, newBucket());

  @BeforeAll
  static void start() {
    stack = RunningStack.start(folder);
    s3 = stack.clients().s3();
  }

  @AfterAll
  static void stop() {
    s3.shutdown();
    stack.close();
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void anEmptyObjectIsThere() {
    store.put("empty", new byte[0]);

    assertThat(store.exists("empty")).isTrue();
    assertThat(store.get("empty")).hasValue(new byte[0]);
  }

  @Test
  void givesBackBytesOfAnySizeUnchanged() {
    byte[] body = new byte[3 << 20];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ((i * 31) >> 3);
    }

    store.put("large", body);

    assertThat(store.get("large")).hasValue(body);
    assertThat(store.exists("large")).isTrue();
  }

  @Test
  void bytesThatAreDamagedOnTheirWayAreNotStored() {
    ObjectBytes damaged =
        new ObjectBytes() {
          @Override
          public long length() {
            return 3;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(bytes("abd"));
          }

          @Override
          public int crc32c() {
            return ObjectBytes.of(bytes("abc")).crc32c();
          }
        };

    assertThatThrownBy(() -> store.put("damaged", damaged))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.isTransient()).isTrue());

    assertThat(store.exists("damaged")).isFalse();
  }

  /** Each way of asking, for a bucket that is not there. */
  static Stream<ThrowingCallable> requestsToAMissingBucket() {
    S3ObjectStore missing = new S3ObjectStore(s3, "no-such-bucket");
    return Stream.of(
        () -> missing.get("key"),
        () -> missing.exists("key"),
        () -> missing.put("key", bytes("x")),
        () -> missing.putIfAbsent("key", bytes("x")));
  }

  @ParameterizedTest
  @MethodSource("requestsToAMissingBucket")
  void aMissingBucketNeverReadsAsAMissingObject(ThrowingCallable request) {
    ObjectStoreException e = catchThrowableOfType(ObjectStoreException.class, request);

    assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(e)
        .hasMessageContaining("s3://no-such-bucket/key")
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void anAddressWhereNobodyAnswersIsTransient() {
    AmazonS3 lost = new AwsClients(stack.settings(addressWithoutServer())).s3();
    try {
      S3ObjectStore unreachable = new S3ObjectStore(lost, "bucket");

      assertThatThrownBy(() -> unreachable.get("key"))
          .isInstanceOfSatisfying(
              ObjectStoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageStartingWith("cannot get s3://bucket/key: ");
      assertThatThrownBy(() -> unreachable.putIfAbsent("key", bytes("x")))
          .isInstanceOfSatisfying(
              ObjectStoreException.class, e -> assertThat(e.isTransient()).isTrue());
    } finally {
      lost.shutdown();
    }
  }

  private static String newBucket() {
    String name = "b-" + UUID.randomUUID();
    s3.createBucket(name);
    return name;
  }

  private static URI addressWithoutServer() {
    return URI.create("http://127.0.0.1:" + FreePorts.any());
  }
}
