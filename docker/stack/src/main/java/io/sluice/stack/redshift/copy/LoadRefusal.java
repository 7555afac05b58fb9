package io.sluice.stack.redshift.copy;

/**
 * Why one row does not load: a code of "Load error reference" of the Redshift Database Developer
 * Guide and the reason as Redshift words it. Without a stack trace: bad rows may be many.
 */
public final class LoadRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** The codes in use. */
  public enum Code {
    EXTRA_COLUMNS(1202),
    OUT_OF_RANGE(1204),
    DATE(1205),
    TIMESTAMP(1206),
    DIGIT(1207),
    FLOAT(1208),
    DECIMAL(1209),
    BOOLEAN(1210),
    EMPTY_LINE(1211),
    NOT_NULL(1213),
    DELIMITER(1214),
    LINE(1216),
    NUL(1218),
    HEX(1219),
    UTF8(1220),
    INTEGER_OVERFLOW(1222),
    TYPE(1223),
    SUPER(1224);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  private final Code code;

  /** Refuses a row for this reason. */
  public LoadRefusal(Code code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
