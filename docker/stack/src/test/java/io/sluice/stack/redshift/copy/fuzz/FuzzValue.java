package io.sluice.stack.redshift.copy.fuzz;

/**
 * A value as a file holds it and as it must come out.
 *
 * @param written the text in the file, null for NULL
 * @param isBare whether JSON holds the text without quotes
 */
record FuzzValue(String written, String expected, boolean isBare) {
  static final FuzzValue NULL = new FuzzValue(null, null, false);

  static FuzzValue bare(String written, String expected) {
    return new FuzzValue(written, expected, true);
  }

  static FuzzValue text(String written, String expected) {
    return new FuzzValue(written, expected, false);
  }
}
