package io.sluice.common.store;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.HeadBucketRequest;
import java.time.Instant;
import java.util.Optional;

/** What an S3 bucket tells of itself; see HeadBucket in the Amazon S3 API Reference. */
public final class S3BucketFacts implements BucketFacts {
  private final AmazonS3 s3;
  private final String bucket;
  private final S3Requests requests;

  /** The bucket {@code bucket}, by a client that the caller closes. */
  public S3BucketFacts(AmazonS3 s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.requests = new S3Requests(bucket);
  }

  @Override
  public Optional<String> region() {
    HeadBucketRequest request = new HeadBucketRequest(bucket);
    return requests.asking(
        "look at", "", () -> Optional.ofNullable(s3.headBucket(request).getBucketRegion()));
  }

  @Override
  public Instant writtenAt(String key) {
    return requests.asking(
        "look at", key, () -> s3.getObjectMetadata(bucket, key).getLastModified().toInstant());
  }
}
