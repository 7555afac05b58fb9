package io.sluice.stack.redshift.wire;

import java.nio.charset.StandardCharsets;

/**
 * One framed message: its type byte and its body without the length. The body is shared, not
 * copied.
 */
public final class Message {
  private final char type;
  private final byte[] body;

  /** Makes a message of the given type; {@code body} must not be changed afterwards. */
  public Message(char type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  /** The message without a body, such as Sync or CopyDone. */
  public static Message empty(char type) {
    return new Message(type, new byte[0]);
  }

  /** CommandComplete with this tag. */
  public static Message commandComplete(String tag) {
    return new BodyWriter().cstring(tag).message('C');
  }

  /** A simple Query. */
  public static Message query(String sql) {
    return new BodyWriter().cstring(sql).message('Q');
  }

  /** A Parse whose parameter types are left to the server. */
  public static Message parse(String statement, String sql) {
    return new BodyWriter().cstring(statement).cstring(sql).int16(0).message('P');
  }

  /** A Bind of text parameters with text results. */
  public static Message bind(String portal, String statement, String... parameters) {
    BodyWriter body = new BodyWriter().cstring(portal).cstring(statement).int16(0);
    body.int16(parameters.length);
    for (String parameter : parameters) {
      if (parameter == null) {
        body.int32(-1);
      } else {
        byte[] bytes = parameter.getBytes(StandardCharsets.UTF_8);
        body.int32(bytes.length).bytes(bytes);
      }
    }
    return body.int16(0).message('B');
  }

  /** An Execute of all rows. */
  public static Message execute(String portal) {
    return new BodyWriter().cstring(portal).int32(0).message('E');
  }

  /** A Describe of a portal. */
  public static Message describePortal(String portal) {
    return new BodyWriter().bytes(new byte[] {'P'}).cstring(portal).message('D');
  }

  /** A Close of a portal ({@code 'P'}) or of a statement ({@code 'S'}). */
  public static Message close(char what, String name) {
    return new BodyWriter().bytes(new byte[] {(byte) what}).cstring(name).message('C');
  }

  public char type() {
    return type;
  }

  /** The body itself, not a copy. */
  public byte[] body() {
    return body;
  }

  /** A cursor at the start of the body. */
  public BodyReader read() {
    return new BodyReader(body);
  }

  @Override
  public String toString() {
    return type + "[" + body.length + "]";
  }
}
