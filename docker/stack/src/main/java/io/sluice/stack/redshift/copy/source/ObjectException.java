package io.sluice.stack.redshift.copy.source;

import java.io.IOException;

/** The object store refused or failed; {@link #kind()} says how Redshift would tell it. */
public final class ObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the store answered. */
  public enum Kind {
    NOT_FOUND(404, "NoSuchKey", "The specified key does not exist."),
    NO_SUCH_BUCKET(404, "NoSuchBucket", "The specified bucket does not exist"),
    ACCESS_DENIED(403, "AccessDenied", "Access Denied"),
    SLOW_DOWN(503, "SlowDown", "Please reduce your request rate."),
    FAILED(500, "InternalError", "We encountered an internal error. Please try again.");

    private final int status;
    private final String code;
    private final String text;

    Kind(int status, String code, String text) {
      this.status = status;
      this.code = code;
      this.text = text;
    }

    /** S3's status of this kind. */
    public int status() {
      return status;
    }

    /** S3's error code of this kind. */
    public String code() {
      return code;
    }
  }

  private final Kind kind;

  /** Names the object, {@code s3://bucket/key}, that was asked for. */
  public ObjectException(Kind kind, String url) {
    this(kind, url, null);
  }

  /** The same with the client's own exception. */
  public ObjectException(Kind kind, String url, Throwable cause) {
    super(kind.code() + " for " + url, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The line that Redshift makes of it; it says CanRetry 1 even where no retry helps. */
  public String redshiftText() {
    return "S3ServiceException:%s,Status %d,Error %s,Rid %s,ExtRid none,CanRetry 1"
        .formatted(kind.text, kind.status, kind.code, "LOCAL" + kind.status);
  }
}
