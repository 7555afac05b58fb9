package io.sluice.writer.map.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pointers that are asked for, as one tree, so that one pass over a document finds them all.
 * Each pointer has a slot. Built once, then only read.
 */
public final class PointerTree {
  /** A place in documents. */
  static final class Node {
    /** Dense, from 0, over the whole tree. */
    final int id;

    /** The name in its parent, in UTF-8. */
    final byte[] name;

    /** Whether the name stands in documents just as it is, without escapes. */
    final boolean plain;

    /** The name as a place in an array, or -1. */
    final int index;

    /** Where a value found here goes, or -1. */
    int slot = -1;

    /** In the order in which they were asked for, which is often that of the documents. */
    Node[] children = {};

    private final BytesTable<Node> byBytes = new BytesTable<>();
    private final Map<String, Node> byName = new HashMap<>();

    private Node(int id, String name) {
      this.id = id;
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.plain = name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\');
      this.index = name.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(name) : -1;
    }

    boolean isLeaf() {
      return children.length == 0;
    }

    /** The child whose name stands there, or null. */
    Node child(byte[] bytes, int from, int to) {
      return byBytes.get(bytes, from, to);
    }

    Node child(String childName) {
      return byName.get(childName);
    }

    /** The child at a place of an array, or null. */
    Node element(int place) {
      for (Node child : children) {
        if (child.index == place) {
          return child;
        }
      }
      return null;
    }

    private Node childOrNew(String childName, int newId) {
      Node child = byName.get(childName);
      if (child == null) {
        child = new Node(newId, childName);
        byName.put(childName, child);
        byBytes.put(child.name, child);
        children = Arrays.copyOf(children, children.length + 1);
        children[children.length - 1] = child;
      }
      return child;
    }
  }

  private final Node root = new Node(0, "");
  private final List<Node> slots = new ArrayList<>();
  private int nodes = 1;

  /** The slot of a pointer: the same for the same pointer. */
  public int slot(String pointer) {
    Node node = root;
    for (String name : JsonPointers.segments(pointer)) {
      node = node.childOrNew(name, nodes);
      nodes = Math.max(nodes, node.id + 1);
    }
    if (node.slot < 0) {
      node.slot = slots.size();
      slots.add(node);
    }
    return node.slot;
  }

  Node root() {
    return root;
  }

  int nodes() {
    return nodes;
  }

  int slots() {
    return slots.size();
  }
}
