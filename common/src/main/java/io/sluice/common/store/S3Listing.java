package io.sluice.common.store;

import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The objects of a prefix: asks for a page when the one before is read to its end. */
final class S3Listing implements Iterator<StoredObject> {
  private final AmazonS3 s3;
  private final S3Requests requests;
  private final ListObjectsV2Request request;
  private Iterator<S3ObjectSummary> page = Collections.emptyIterator();
  private boolean more = true;

  /** {@code after} is empty for all. */
  S3Listing(AmazonS3 s3, S3Requests requests, String bucket, String prefix, String after) {
    this.s3 = s3;
    this.requests = requests;
    this.request = new ListObjectsV2Request().withBucketName(bucket).withPrefix(prefix);
    if (!after.isEmpty()) {
      request.setStartAfter(after);
    }
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && more) {
      ListObjectsV2Result result =
          requests.asking("list", request.getPrefix(), () -> s3.listObjectsV2(request));
      page = result.getObjectSummaries().iterator();
      more = result.isTruncated();
      request.setContinuationToken(result.getNextContinuationToken());
    }
    return page.hasNext();
  }

  @Override
  public StoredObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the listing has ended");
    }
    S3ObjectSummary summary = page.next();
    return new StoredObject(summary.getKey(), summary.getSize());
  }
}
