package io.sluice.writer.encode;

/** A record that cannot become a row. */
public final class RejectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final String column;
  private final String pointer;

  private RejectException(RejectReason reason, String column, String pointer, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.column = column;
    this.pointer = pointer;
  }

  /** The whole record is no good. */
  static RejectException ofRecord(RejectReason reason, String detail) {
    return new RejectException(reason, null, null, detail);
  }

  /** A value is no good; where it belongs is not known here. */
  static RejectException ofValue(RejectReason reason, String detail) {
    return new RejectException(reason, null, null, detail);
  }

  /** The same, with the place of the value. */
  RejectException at(String columnName, String jsonPointer) {
    return new RejectException(reason, columnName, jsonPointer, getMessage());
  }

  public RejectReason reason() {
    return reason;
  }

  /** The column that could not be filled, null when the record as a whole is no good. */
  public String column() {
    return column;
  }

  /** Where the value was looked for, null when the record as a whole is no good. */
  public String pointer() {
    return pointer;
  }
}
