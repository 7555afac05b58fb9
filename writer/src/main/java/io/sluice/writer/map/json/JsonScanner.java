package io.sluice.writer.map.json;

import io.sluice.writer.encode.Words;
import io.sluice.writer.map.json.PointerTree.Node;

/**
 * Finds the values of a document by its bytes alone: strict about JSON (RFC 8259) and UTF-8, eight
 * bytes of a text at a time, without an object made.
 *
 * <p>It knows the plain cases only. When a document is wrong, or has names with escapes or lies
 * deeper than {@value #MAX_DEPTH}, it gives up and {@link JacksonReader} decides; so it never says
 * why. For one thread.
 */
final class JsonScanner extends JsonLexer {
  /** Below a node of the tree: one bit each in a long. */
  static final int MAX_DEPTH = 63;

  private Slots slots;

  /** Whether the document was plain; if not, what the slots hold means nothing. */
  boolean scan(byte[] bytes, int from, int to, Node root, Slots found) {
    b = bytes;
    end = to;
    slots = found;
    int p = whitespace(from);
    if (p >= end || (b[p] != '{' && b[p] != '[')) {
      return false;
    }
    p = value(p, root);
    return p >= 0 && whitespace(p) == end;
  }

  /** What stands here goes to the node's slot. Objects and arrays apart: they come back here. */
  private int value(int p, Node node) {
    if (p >= end) {
      return FAILED;
    }
    byte first = b[p];
    if (first == '{' || first == '[') {
      return nested(p, node);
    }
    int after = scalar(p);
    if (after >= 0) {
      int quotes = first == '"' ? 1 : 0;
      slots.set(node, kind, p + quotes, after - quotes);
    }
    return after;
  }

  private int nested(int p, Node node) {
    boolean object = b[p] == '{';
    int after = node.isLeaf() ? container(p) : object ? object(p, node) : array(p, node);
    if (after >= 0) {
      slots.set(node, object ? Kind.OBJECT : Kind.ARRAY, p, after);
    }
    return after;
  }

  private int object(int p, Node node) {
    Node[] expected = node.children;
    int next = 0;
    p = whitespace(p + 1);
    if (p < end && b[p] == '}') {
      return p + 1;
    }
    while (true) {
      if (p >= end || b[p] != '"') {
        return FAILED;
      }
      Node child;
      int nameEnd;
      if (next < expected.length && standsAt(p + 1, expected[next])) {
        child = expected[next++];
        nameEnd = p + 1 + child.name.length;
      } else {
        nameEnd = string(p + 1);
        if (nameEnd < 0 || escaped) {
          return FAILED;
        }
        child = node.child(b, p + 1, nameEnd);
        next = child == null ? next : placeAfter(child, expected, next);
      }
      p = afterColon(nameEnd + 1);
      p = p < 0 ? FAILED : child == null ? skipped(p) : found(p, child);
      if (p < 0) {
        return FAILED;
      }
      p = whitespace(p);
      if (p >= end || b[p] != ',') {
        return p < end && b[p] == '}' ? p + 1 : FAILED;
      }
      p = whitespace(p + 1);
    }
  }

  private int found(int p, Node child) {
    slots.see(child);
    return value(p, child);
  }

  /** Documents of one kind have their names in one order: after a name comes what came then. */
  private static int placeAfter(Node child, Node[] expected, int fallback) {
    for (int i = fallback; i < expected.length; i++) {
      if (expected[i] == child) {
        return i + 1;
      }
    }
    return fallback;
  }

  private boolean standsAt(int p, Node node) {
    int to = p + node.name.length;
    return node.plain && to < end && b[to] == '"' && Words.standsAt(b, p, node.name);
  }

  private int array(int p, Node node) {
    p = whitespace(p + 1);
    if (p < end && b[p] == ']') {
      return p + 1;
    }
    for (int i = 0; ; i++) {
      Node child = node.element(i);
      p = child == null ? skipped(p) : found(p, child);
      if (p < 0) {
        return FAILED;
      }
      p = whitespace(p);
      if (p >= end || b[p] != ',') {
        return p < end && b[p] == ']' ? p + 1 : FAILED;
      }
      p = whitespace(p + 1);
    }
  }

  private int skipped(int p) {
    return p < end && (b[p] == '{' || b[p] == '[') ? container(p) : scalar(p);
  }

  /** An object or array with all that is in it. */
  private int container(int p) {
    long objects = 0;
    int depth = 0;
    while (true) {
      if (p < end && (b[p] == '{' || b[p] == '[')) {
        if (++depth > MAX_DEPTH) {
          return FAILED;
        }
        boolean object = b[p] == '{';
        objects = objects << 1 | (object ? 1 : 0);
        p = whitespace(p + 1);
        if (p < end && b[p] != (object ? '}' : ']')) {
          p = object ? afterName(p) : p;
          if (p < 0) {
            return FAILED;
          }
          continue;
        }
      } else {
        p = scalar(p);
        p = p < 0 ? FAILED : whitespace(p);
      }
      while (p >= 0 && p < end && b[p] == ((objects & 1) == 1 ? '}' : ']')) {
        objects >>>= 1;
        if (--depth == 0) {
          return p + 1;
        }
        p = whitespace(p + 1);
      }
      if (p < 0 || p >= end || b[p] != ',') {
        return FAILED;
      }
      p = whitespace(p + 1);
      p = (objects & 1) == 1 ? afterName(p) : p;
      if (p < 0) {
        return FAILED;
      }
    }
  }

  private int afterName(int p) {
    if (p >= end || b[p] != '"') {
      return FAILED;
    }
    int close = string(p + 1);
    return close < 0 ? FAILED : afterColon(close + 1);
  }

  private int afterColon(int p) {
    p = whitespace(p);
    return p < end && b[p] == ':' ? whitespace(p + 1) : FAILED;
  }
}
