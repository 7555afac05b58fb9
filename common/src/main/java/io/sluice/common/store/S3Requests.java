package io.sluice.common.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import io.sluice.common.store.ObjectStoreException.Kind;
import java.util.function.Supplier;

/** Requests to one bucket, and what their failures mean. */
final class S3Requests {
  private final String bucket;

  S3Requests(String bucket) {
    this.bucket = bucket;
  }

  /** Carries a request out; what it throws tells the object and what the caller may do. */
  <T> T asking(String verb, String key, Supplier<T> request) {
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
        kind, "cannot %s s3://%s/%s: %s".formatted(verb, bucket, key, reason(cause)), cause);
  }

  private static String reason(SdkClientException e) {
    return e instanceof AmazonServiceException service
            && "NoSuchBucket".equals(service.getErrorCode())
        ? "NoSuchBucket, create it, or correct its name in the settings"
        : e.getMessage();
  }

  /**
   * See "Error responses" in the Amazon S3 API Reference. 409 is a conditional write that met
   * another one, BadDigest bytes that were damaged on their way.
   */
  private static boolean isPassing(AmazonServiceException e) {
    int status = e.getStatusCode();
    return status >= 500
        || status == 409
        || status == 429
        || "RequestTimeout".equals(e.getErrorCode())
        || "BadDigest".equals(e.getErrorCode())
        || "ExpiredToken".equals(e.getErrorCode())
        || "RequestTimeTooSkewed".equals(e.getErrorCode());
  }

  /** The SDK has no type for it, only this text of its provider chain. */
  private static boolean isLackOfCredentials(SdkClientException e) {
    return String.valueOf(e.getMessage()).startsWith("Unable to load AWS credentials");
  }
}
