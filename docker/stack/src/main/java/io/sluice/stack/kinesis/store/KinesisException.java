package io.sluice.stack.kinesis.store;

import static java.util.Objects.requireNonNull;

/** A refusal that the caller sees as an error of the Kinesis API. */
public final class KinesisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The error types of the Kinesis API, by their names on the wire (Kinesis Data Streams API
   * Reference, "Common Errors" and the errors of each action).
   */
  public enum Kind {
    EXPIRED_ITERATOR("ExpiredIteratorException", 400),
    EXPIRED_NEXT_TOKEN("ExpiredNextTokenException", 400),
    INTERNAL_FAILURE("InternalFailure", 500),
    INVALID_ARGUMENT("InvalidArgumentException", 400),
    LIMIT_EXCEEDED("LimitExceededException", 400),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", 400),
    RESOURCE_IN_USE("ResourceInUseException", 400),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400),
    SERIALIZATION("SerializationException", 400),
    UNKNOWN_OPERATION("UnknownOperationException", 400),
    VALIDATION("ValidationException", 400);

    private final String wireName;
    private final int httpStatus;

    Kind(String wireName, int httpStatus) {
      this.wireName = wireName;
      this.httpStatus = httpStatus;
    }

    /** The name that the SDK maps to its exception class. */
    public String wireName() {
      return wireName;
    }

    /** The HTTP status that carries the error. */
    public int httpStatus() {
      return httpStatus;
    }
  }

  private final Kind kind;

  /** A refusal of this kind, with the message that the caller reads. */
  public KinesisException(Kind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  /** A refusal of this kind that another failure caused. */
  public KinesisException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
  }

  /** What kind of refusal it is. */
  public Kind kind() {
    return kind;
  }
}
