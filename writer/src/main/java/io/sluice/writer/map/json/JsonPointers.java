package io.sluice.writer.map.json;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers, RFC 6901. */
public final class JsonPointers {
  /** Enough for any record that people look at, and no depth for a stack to fear. */
  private static final int MAX_SEGMENTS = 64;

  private JsonPointers() {}

  /**
   * The names that a pointer goes through, none for the whole document; throws
   * IllegalArgumentException that says what is allowed.
   */
  public static List<String> segments(String pointer) {
    List<String> segments = new ArrayList<>();
    if (pointer.isEmpty()) {
      return segments;
    }
    if (pointer.charAt(0) != '/') {
      throw new IllegalArgumentException("a JSON pointer begins with a /, such as /id or /user/id");
    }
    for (String segment : pointer.substring(1).split("/", -1)) {
      segments.add(unescaped(segment));
    }
    if (segments.size() > MAX_SEGMENTS) {
      throw new IllegalArgumentException("a pointer has at most " + MAX_SEGMENTS + " names");
    }
    return segments;
  }

  private static String unescaped(String segment) {
    if (segment.replace("~0", "").replace("~1", "").indexOf('~') >= 0) {
      throw new IllegalArgumentException("in a JSON pointer ~ is written ~0, and / in a name ~1");
    }
    return segment.replace("~1", "/").replace("~0", "~");
  }
}
