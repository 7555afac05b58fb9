package io.sluice.common.store;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.AbortMultipartUploadRequest;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.CompleteMultipartUploadRequest;
import com.amazonaws.services.s3.model.InitiateMultipartUploadRequest;
import com.amazonaws.services.s3.model.PartETag;
import com.amazonaws.services.s3.model.UploadPartRequest;
import com.amazonaws.util.Md5Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A multipart upload of S3. S3 checks each part against its MD5: with another checksum the request
 * that completes the upload would have to name those of all parts, which this SDK cannot.
 */
final class S3MultipartUpload implements MultipartUpload {
  private final AmazonS3 s3;
  private final S3ObjectStore store;
  private final S3Requests requests;
  private final String bucket;
  private final String key;
  private final String id;
  private final Map<Integer, PartETag> parts = new ConcurrentSkipListMap<>();

  S3MultipartUpload(
      AmazonS3 s3, S3ObjectStore store, S3Requests requests, String bucket, String key) {
    this.s3 = s3;
    this.store = store;
    this.requests = requests;
    this.bucket = bucket;
    this.key = key;
    this.id =
        requests.asking(
            "begin",
            key,
            () ->
                s3.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, key))
                    .getUploadId());
  }

  @Override
  public void part(int number, ObjectBytes body) {
    UploadPartRequest request =
        new UploadPartRequest()
            .withBucketName(bucket)
            .withKey(key)
            .withUploadId(id)
            .withPartNumber(number)
            .withPartSize(body.length())
            .withMD5Digest(md5(body))
            .withInputStream(body.open());
    request.getRequestClientOptions().setReadLimit(S3ObjectStore.readLimit(body));
    PartETag tag =
        requests.asking(
            "put part " + number + " of", key, () -> s3.uploadPart(request).getPartETag());
    parts.put(number, tag);
  }

  private static String md5(ObjectBytes body) {
    try (InputStream bytes = body.open()) {
      return Md5Utils.md5AsBase64(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void complete() {
    List<PartETag> all = new ArrayList<>(parts.values());
    requests.asking(
        "complete",
        key,
        () -> {
          try {
            return s3.completeMultipartUpload(
                    new CompleteMultipartUploadRequest(bucket, key, id, all))
                .getETag();
          } catch (AmazonS3Exception e) {
            if ("NoSuchUpload".equals(e.getErrorCode()) && store.exists(key)) {
              // It was completed before, by this call's own retry or by an earlier one.
              return "";
            }
            throw e;
          }
        });
  }

  @Override
  public void abort() {
    requests.asking(
        "abort",
        key,
        () -> {
          s3.abortMultipartUpload(new AbortMultipartUploadRequest(bucket, key, id));
          return id;
        });
  }
}
