package io.sluice.stack.redshift.copy.source;

import com.amazonaws.SdkClientException;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.S3ObjectInputStream;
import io.sluice.stack.redshift.copy.S3Url;
import io.sluice.stack.redshift.copy.source.ObjectException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The objects of an S3 endpoint, over the AWS SDK. */
public final class S3CopyObjects implements CopyObjects, AutoCloseable {
  private final AmazonS3 s3;

  /** Reads through {@code s3}, which is shut down on {@link #close()}. */
  public S3CopyObjects(AmazonS3 s3) {
    this.s3 = s3;
  }

  /** A client of one endpoint with path-style addresses. */
  public static S3CopyObjects at(
      String endpoint, String region, String accessKey, String secretKey) {
    return new S3CopyObjects(
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint, region))
            .withPathStyleAccessEnabled(true)
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials(accessKey, secretKey)))
            .build());
  }

  @Override
  public List<StoredObject> list(String bucket, String prefix) throws ObjectException {
    List<StoredObject> found = new ArrayList<>();
    ListObjectsV2Request request =
        new ListObjectsV2Request().withBucketName(bucket).withPrefix(prefix);
    try {
      ListObjectsV2Result page;
      do {
        page = s3.listObjectsV2(request);
        page.getObjectSummaries()
            .forEach(o -> found.add(new StoredObject(o.getKey(), o.getSize())));
        request.setContinuationToken(page.getNextContinuationToken());
      } while (page.isTruncated());
      return found;
    } catch (SdkClientException e) {
      throw translate(e, new S3Url(bucket, prefix));
    }
  }

  @Override
  public OptionalLong size(String bucket, String key) throws ObjectException {
    try {
      return OptionalLong.of(s3.getObjectMetadata(bucket, key).getContentLength());
    } catch (SdkClientException e) {
      ObjectException translated = translate(e, new S3Url(bucket, key));
      if (translated.kind() == Kind.NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw translated;
    }
  }

  @Override
  public InputStream open(String bucket, String key) throws ObjectException {
    try {
      return new Body(s3.getObject(bucket, key).getObjectContent());
    } catch (SdkClientException e) {
      throw translate(e, new S3Url(bucket, key));
    }
  }

  @Override
  public void close() {
    s3.shutdown();
  }

  private static ObjectException translate(SdkClientException e, S3Url url) {
    return new ObjectException(kindOf(e), url.toString(), e);
  }

  private static Kind kindOf(SdkClientException e) {
    if (!(e instanceof AmazonS3Exception answer)) {
      return Kind.FAILED;
    }
    if (answer.getStatusCode() == Kind.NOT_FOUND.status()) {
      return "NoSuchBucket".equals(answer.getErrorCode()) ? Kind.NO_SUCH_BUCKET : Kind.NOT_FOUND;
    }
    if (answer.getStatusCode() == Kind.ACCESS_DENIED.status()) {
      return Kind.ACCESS_DENIED;
    }
    return answer.getStatusCode() == Kind.SLOW_DOWN.status() ? Kind.SLOW_DOWN : Kind.FAILED;
  }

  /**
   * A body that is given up, not drained, when it is closed before its end: draining a large object
   * takes long.
   */
  private static final class Body extends FilterInputStream {
    private final S3ObjectInputStream content;
    private boolean ended;

    Body(S3ObjectInputStream content) {
      super(content);
      this.content = content;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      ended |= value < 0;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      ended |= count < 0;
      return count;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        content.abort();
      }
      super.close();
    }
  }
}
