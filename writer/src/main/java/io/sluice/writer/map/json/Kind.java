package io.sluice.writer.map.json;

/** What a value is, as it lies in a buffer. */
public enum Kind {
  NULL(0),
  TRUE(1),
  FALSE(2),
  /** By the grammar of JSON. */
  NUMBER(3),
  /** UTF-8 as it is to be taken; in a document the bytes between the quotes. */
  TEXT(4),
  /** The bytes between the quotes of a document, with backslashes among them. */
  ESCAPED(5),
  /** With its braces. */
  OBJECT(6),
  /** With its brackets. */
  ARRAY(7);

  /** How many bits a code has at the most. */
  static final int CODE_BITS = 3;

  private static final Kind[] BY_CODE = new Kind[1 << CODE_BITS];

  static {
    for (Kind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  /** Stands for the kind where there is no room for more. */
  final int code;

  Kind(int code) {
    this.code = code;
  }

  /** The kind of a code, or null. */
  static Kind of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /** Whether it is an object or an array. */
  public boolean isContainer() {
    return this == OBJECT || this == ARRAY;
  }
}
