package io.sluice.writer.map;

/** One value as it lies in a buffer; used again and again. For one thread. */
final class Token {
  private Kind kind;
  private byte[] bytes;
  private int from;
  private int to;

  Token set(Kind newKind, byte[] newBytes, int newFrom, int newTo) {
    kind = newKind;
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    return this;
  }

  Kind kind() {
    return kind;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int length() {
    return to - from;
  }

  boolean isText() {
    return kind == Kind.TEXT;
  }
}
