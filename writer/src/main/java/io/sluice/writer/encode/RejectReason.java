package io.sluice.writer.encode;

import java.util.Locale;

/** Why a record cannot become a row: a bounded set, so that rejects can be counted by it. */
public enum RejectReason {
  /** The data is not one JSON document. */
  NOT_JSON,
  /** A required column has no value. */
  MISSING,
  /** A value is of a JSON type that its column cannot hold. */
  WRONG_TYPE,
  /** A number or a time is outside of its column's range. */
  OUT_OF_RANGE,
  /** A text has more bytes than its column. */
  TOO_LONG,
  /**
   * A text cannot be told from what COPY would read otherwise: a NUL character, or the text that
   * stands for NULL.
   */
  NOT_LOADABLE;

  /** The reason as manifests and files of rejects spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
