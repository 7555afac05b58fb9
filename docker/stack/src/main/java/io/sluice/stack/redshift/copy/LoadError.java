package io.sluice.stack.redshift.copy;

/**
 * Why a row does not load: the codes of "Load error reference" of the Redshift Database Developer
 * Guide, with the reasons as its documentation and public reports show them. Reasons marked as our
 * own are of errors whose words nobody has published.
 */
public enum LoadError {
  EXTRA_COLUMNS(1202, "Extra column(s) found"),
  STRING_TOO_LONG(1204, "String length exceeds DDL length"),
  CHAR_TOO_LONG(1204, "Char length exceeds DDL length"),
  /** Our own words. */
  VARBYTE_TOO_LONG(1204, "Varbyte length exceeds DDL length"),
  SHORT_DATE(1205, "Invalid Date Format - length must be 10 or more"),
  DATE(1205, "Invalid Date Format - [%s]"),
  TIMESTAMP(1206, "Invalid timestamp format or value [%s]"),
  DIGIT(1207, "Invalid digit, Value '%s', Pos %d, Type: %s"),
  FLOAT_DIGIT(1208, "Invalid digit, Value '%s', Pos %d, Type: %s"),
  /** Our own words. */
  FLOAT_OVERFLOW(1208, "Overflow, Type: %s"),
  DECIMAL_OVERFLOW(1209, "Overflow for NUMERIC(%d,%d)"),
  BOOLEAN(1210, "Unknown boolean format"),
  EMPTY_LINE(1211, "Input line contained no data"),
  NOT_NULL(1213, "Missing data for not-null field"),
  DELIMITER_NOT_FOUND(1214, "Delimiter not found"),
  MISSING_END_QUOTE(1214, "Delimited value missing end quote"),
  CSV_QUOTES(1214, "Invalid quote formatting for CSV"),
  MISSING_NEWLINE(1216, "Missing newline: Unexpected character 0x%x found at location %d"),
  /** Our own words. */
  LINE_TOO_LONG(1216, "Input line is longer than 4 MB"),
  JSON_VALUE(1216, "Invalid value."),
  AVRO_FILE(1216, "Invalid AVRO file found. %s"),
  JSON_NOT_AN_ARRAY(1216, "Invalid JSONPath format: Not an array or index out of range."),
  JSON_NOT_AN_OBJECT(1216, "Invalid JSONPath format: Member is not an object."),
  NULL_BYTE(1218, "Invalid null byte - field longer than 1 byte"),
  /** Our own words. */
  HEX(1219, "Invalid hexadecimal value for VARBYTE"),
  MULTIBYTE_CHAR(
      1220,
      "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: %s"),
  UTF8(
      1220,
      "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: %s (error %d)"),
  /** Our own words, after the guide's description. */
  ENCODING(1221, "The encoding of the file is not the one that the COPY command specifies"),
  INTEGER_OVERFLOW(1222, "Overflow (%s valid range %d to %d)"),
  /** Our own words. */
  BINARY(1223, "Binary data cannot be loaded into a column of this type"),
  /** Our own words. */
  SUPER(1224, "Invalid JSON format for SUPER"),
  SUPER_STRING(1224, "String value exceeds the max size of %d bytes"),
  /** A columnar file that cannot be read; the code is of Redshift Spectrum, which reads those. */
  SCAN(15001, "Spectrum Scan Error. %s"),
  /** A columnar file that does not fit the table. */
  SCAN_MISMATCH(15007, "Spectrum Scan Error. %s");

  private final int code;
  private final String reason;

  LoadError(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The number in ERR_CODE. */
  public int code() {
    return code;
  }

  /** A refusal for this reason, with what it names filled in. */
  public LoadRefusal refusal(Object... named) {
    return new LoadRefusal(code, named.length == 0 ? reason : reason.formatted(named));
  }
}
