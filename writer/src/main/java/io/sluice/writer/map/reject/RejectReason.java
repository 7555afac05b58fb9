package io.sluice.writer.map.reject;

import java.util.Locale;

/** Why a record cannot become rows: a bounded set, so that rejects can be counted by it. */
public enum RejectReason {
  /** There is nothing in the record, or only white space. */
  EMPTY,
  /** The bytes are not UTF-8. */
  NOT_UTF8,
  /** The data is not one JSON document. */
  NOT_JSON,
  /** Objects and arrays lie too deep in each other. */
  TOO_DEEP,
  /** A name that a column or the routing asks for stands twice in one object. */
  DUPLICATE_KEY,
  /** A record that is handed through would not be one row. */
  NOT_ONE_ROW,
  /** A required column has no value. */
  MISSING,
  /** A value is of a kind that its column cannot hold. */
  WRONG_TYPE,
  /** A number or a time is outside of its column's range. */
  OUT_OF_RANGE,
  /** A value has more bytes than its column. */
  TOO_LONG,
  /**
   * A text cannot be told from what COPY would read otherwise: a NUL character, half a character,
   * or the text that stands for NULL.
   */
  NOT_LOADABLE,
  /** The routing knows no table for the record. */
  UNKNOWN_KIND,
  /** The user's code made a row for a table, or with a column, that the settings do not have. */
  UNDECLARED,
  /** The user's code threw. */
  MAPPER_FAILED;

  /** The reason as manifests and files of rejects spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
