package io.sluice.writer.map.json;

/** One value as it lies in a buffer; used again and again. For one thread. */
public final class Token {
  private Kind kind;
  private byte[] bytes;
  private int from;
  private int to;

  /** Points at another value; returns itself. */
  public Token set(Kind newKind, byte[] newBytes, int newFrom, int newTo) {
    kind = newKind;
    bytes = newBytes;
    from = newFrom;
    to = newTo;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  /** The buffer that it lies in: itself, no copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where it begins in the buffer. */
  public int from() {
    return from;
  }

  /** The place after it. */
  public int to() {
    return to;
  }

  public int length() {
    return to - from;
  }

  /** Whether it is a text that has no escapes. */
  public boolean isText() {
    return kind == Kind.TEXT;
  }
}
