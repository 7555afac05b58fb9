package io.sluice.common.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3Object;
import com.amazonaws.util.IOUtils;
import io.sluice.common.store.ObjectStoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The objects of one S3 bucket. The SDK checks each upload against its MD5 and retries by itself a
 * few times; what it then still throws is sorted here.
 */
public final class S3ObjectStore implements ObjectStore {
  /** What S3 says of the first byte of an object without any. */
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final AmazonS3 s3;
  private final String bucket;

  /** The bucket {@code bucket}, by a client that the caller closes. */
  public S3ObjectStore(AmazonS3 s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public void put(String key, byte[] body) {
    asking("put", key, () -> s3.putObject(request(key, body)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    PutObjectRequest request = request(key, body);
    request.putCustomRequestHeader("If-None-Match", "*");
    return asking(
        "put",
        key,
        () -> {
          try {
            s3.putObject(request);
            return true;
          } catch (AmazonServiceException e) {
            if (e.getStatusCode() == 412) {
              return false;
            }
            throw e;
          }
        });
  }

  @Override
  public Optional<byte[]> get(String key) {
    return asking(
        "get",
        key,
        () -> {
          try (S3Object object = s3.getObject(new GetObjectRequest(bucket, key))) {
            return Optional.of(IOUtils.toByteArray(object.getObjectContent()));
          } catch (AmazonServiceException e) {
            if (isMissing(e)) {
              return Optional.empty();
            }
            throw e;
          } catch (IOException e) {
            throw new SdkClientException(e);
          }
        });
  }

  /**
   * Asks by GET for the first byte: the answer to a HEAD has no body, and without one a missing
   * bucket looks like a missing object.
   */
  @Override
  public boolean exists(String key) {
    return asking(
        "find",
        key,
        () -> {
          try (S3Object object = s3.getObject(new GetObjectRequest(bucket, key).withRange(0, 0))) {
            IOUtils.drainInputStream(object.getObjectContent());
            return true;
          } catch (AmazonServiceException e) {
            if (isMissing(e)) {
              return false;
            }
            if (e.getStatusCode() == RANGE_NOT_SATISFIABLE) {
              return true;
            }
            throw e;
          } catch (IOException e) {
            throw new SdkClientException(e);
          }
        });
  }

  private PutObjectRequest request(String key, byte[] body) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(body.length);
    PutObjectRequest request =
        new PutObjectRequest(bucket, key, new ByteArrayInputStream(body), metadata);
    request.getRequestClientOptions().setReadLimit(body.length + 1);
    return request;
  }

  private <T> T asking(String verb, String key, Supplier<T> request) {
    try {
      return request.get();
    } catch (AmazonServiceException e) {
      throw failure(isPassing(e) ? Kind.TRANSIENT : Kind.MISCONFIGURED, verb, key, e);
    } catch (SdkClientException e) {
      throw failure(isLackOfCredentials(e) ? Kind.MISCONFIGURED : Kind.TRANSIENT, verb, key, e);
    }
  }

  private ObjectStoreException failure(
      Kind kind, String verb, String key, SdkClientException cause) {
    return new ObjectStoreException(
        kind, "cannot %s s3://%s/%s: %s".formatted(verb, bucket, key, cause.getMessage()), cause);
  }

  /** A bucket that is missing is not a missing object: it must never read as an empty log. */
  private static boolean isMissing(AmazonServiceException e) {
    return e.getStatusCode() == 404 && !"NoSuchBucket".equals(e.getErrorCode());
  }

  /**
   * See "Error responses" in the Amazon S3 API Reference. 409 is a conditional write that met
   * another one.
   */
  private static boolean isPassing(AmazonServiceException e) {
    int status = e.getStatusCode();
    return status >= 500
        || status == 409
        || status == 429
        || "RequestTimeout".equals(e.getErrorCode())
        || "ExpiredToken".equals(e.getErrorCode())
        || "RequestTimeTooSkewed".equals(e.getErrorCode());
  }

  /** The SDK has no type for it, only this text of its provider chain. */
  private static boolean isLackOfCredentials(SdkClientException e) {
    return String.valueOf(e.getMessage()).startsWith("Unable to load AWS credentials");
  }
}
