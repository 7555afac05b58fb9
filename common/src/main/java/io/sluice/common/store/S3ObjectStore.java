package io.sluice.common.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.internal.SkipMd5CheckStrategy;
import com.amazonaws.services.s3.model.GetObjectRequest;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3Object;
import com.amazonaws.util.IOUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;

/**
 * The objects of one S3 bucket. S3 checks each upload against its CRC32C ("Checking object
 * integrity" in the Amazon S3 User Guide), the parts of a multipart upload against their MD5. The
 * SDK retries by itself a few times; what it then still throws is sorted here.
 */
public final class S3ObjectStore implements ObjectStore {
  /** What S3 says of the first byte of an object without any. */
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private static final String CHECKSUM = "x-amz-checksum-crc32c";

  static {
    // The SDK would hold an MD5 of its own against the ETag, which under KMS is none: S3 has
    // already
    // held the checksum in the request against what it received.
    System.setProperty(SkipMd5CheckStrategy.DISABLE_PUT_OBJECT_MD5_VALIDATION_PROPERTY, "true");
  }

  private final AmazonS3 s3;
  private final String bucket;
  private final S3Requests requests;

  /** The bucket {@code bucket}, by a client that the caller closes. */
  public S3ObjectStore(AmazonS3 s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.requests = new S3Requests(bucket);
  }

  @Override
  public void put(String key, ObjectBytes body) {
    requests.asking("put", key, () -> s3.putObject(request(key, body)));
  }

  @Override
  public MultipartUpload upload(String key) {
    return new S3MultipartUpload(s3, this, requests, bucket, key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    PutObjectRequest request = request(key, ObjectBytes.of(body));
    request.putCustomRequestHeader("If-None-Match", "*");
    return requests.asking(
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
    return requests.asking(
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

  @Override
  public Optional<InputStream> open(String key) {
    return requests.asking(
        "get",
        key,
        () -> {
          try {
            S3Object object = s3.getObject(new GetObjectRequest(bucket, key));
            return Optional.of(object.getObjectContent());
          } catch (AmazonServiceException e) {
            if (isMissing(e)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Asks by GET for the first byte: the answer to a HEAD has no body, and without one a missing
   * bucket looks like a missing object.
   */
  @Override
  public boolean exists(String key) {
    return requests.asking(
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

  @Override
  public Iterator<StoredObject> list(String prefix, String after) {
    return new S3Listing(s3, requests, bucket, prefix, after);
  }

  private PutObjectRequest request(String key, ObjectBytes body) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(body.length());
    PutObjectRequest request = new PutObjectRequest(bucket, key, body.open(), metadata);
    request.putCustomRequestHeader(CHECKSUM, base64(body.crc32c()));
    request.getRequestClientOptions().setReadLimit(readLimit(body));
    return request;
  }

  private static String base64(int crc) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(crc).array());
  }

  /** The SDK repeats a request only when its stream can be reset over all of its bytes. */
  static int readLimit(ObjectBytes body) {
    return Math.toIntExact(body.length() + 1);
  }

  /** A bucket that is missing is not a missing object: it must never read as an empty log. */
  private static boolean isMissing(AmazonServiceException e) {
    return e.getStatusCode() == 404 && !"NoSuchBucket".equals(e.getErrorCode());
  }
}
