package io.sluice.writer.map.reject;

/** A record that cannot become rows. It has no stack trace, for it is an outcome and no fault. */
public final class RejectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final String column;
  private final String pointer;
  private final String value;

  private RejectException(
      RejectReason reason, String column, String pointer, String value, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.column = column;
    this.pointer = pointer;
    this.value = value;
  }

  /** A record or a value is no good; where the value belongs is not known here. */
  public static RejectException of(RejectReason reason, String detail) {
    return new RejectException(reason, null, null, null, detail);
  }

  /**
   * The same, with the place of the value.
   *
   * @param jsonPointer where it was looked for, null when the column is filled otherwise
   * @param shown the value, shortened, null when there was none
   */
  public RejectException at(String columnName, String jsonPointer, String shown) {
    return new RejectException(reason, columnName, jsonPointer, shown, getMessage());
  }

  public RejectReason reason() {
    return reason;
  }

  /** The column that could not be filled, null when the record as a whole is no good. */
  public String column() {
    return column;
  }

  /** Where the value was looked for, null when that was not in the record. */
  public String pointer() {
    return pointer;
  }

  /** The value, shortened, null when there is none or the record as a whole is no good. */
  public String value() {
    return value;
  }
}
