package io.sluice.stack.redshift.copy;

import java.util.Optional;

/** The place of an object or of a prefix: {@code s3://bucket/key}. The key may be empty. */
public record S3Url(String bucket, String key) {
  private static final String SCHEME = "s3://";

  public S3Url {
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("an S3 URL needs a bucket");
    }
  }

  /** Reads a URL; empty if it is none of S3. */
  public static Optional<S3Url> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String path = text.substring(SCHEME.length());
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    return bucket.isEmpty() ? Optional.empty() : Optional.of(new S3Url(bucket, key));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
