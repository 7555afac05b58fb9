package io.sluice.writer.map.json;

import io.sluice.writer.map.json.PointerTree.Node;
import java.util.Arrays;

/**
 * The values that were found in one document: byte ranges of it. Used again for each document
 * without being cleared: what was found carries the number of its document. For one thread.
 */
public final class Slots {
  /** The number of the document, whose lowest bits are left to the kind of the value. */
  private final int[] states;

  /** Where the value begins, in the upper half, and ends. */
  private final long[] ranges;

  private final int[] doubledBy;
  private final int[] seenBy;
  private int current;
  private byte[] document;

  /** Slots for every pointer that the tree has by now. */
  public Slots(PointerTree tree) {
    this.states = new int[tree.slots()];
    this.ranges = new long[tree.slots()];
    this.doubledBy = new int[tree.slots()];
    this.seenBy = new int[tree.nodes()];
  }

  /** Forgets everything; what follows is of this document. */
  void begin(byte[] newDocument) {
    document = newDocument;
    current += 1 << Kind.CODE_BITS;
    if (current == 0) {
      // All numbers have been used: no old one may be taken for a new one.
      Arrays.fill(states, 0);
      Arrays.fill(doubledBy, 0);
      Arrays.fill(seenBy, 0);
      current = 1 << Kind.CODE_BITS;
    }
  }

  /** Takes what stands at a place of the tree; a place without a slot is left. */
  void set(Node node, Kind kind, int from, int to) {
    int slot = node.slot;
    if (slot >= 0) {
      states[slot] = current | kind.code;
      ranges[slot] = (long) from << Integer.SIZE | to;
    }
  }

  /** To be called for each name: one that comes twice makes everything below it ambiguous. */
  void see(Node node) {
    if (seenBy[node.id] == current) {
      markDoubled(node);
    }
    seenBy[node.id] = current;
  }

  private void markDoubled(Node node) {
    if (node.slot >= 0) {
      doubledBy[node.slot] = current;
    }
    for (Node child : node.children) {
      markDoubled(child);
    }
  }

  /** Whether the slot's value is ambiguous. */
  public boolean isDoubled(int slot) {
    return doubledBy[slot] == current;
  }

  /** What was found, or null. */
  public Kind kind(int slot) {
    return Kind.of(states[slot] - current);
  }

  /** Where the value begins; of no meaning when nothing was found, as its end. */
  public int from(int slot) {
    return (int) (ranges[slot] >>> Integer.SIZE);
  }

  /** The place after the value. */
  public int to(int slot) {
    return (int) ranges[slot];
  }

  /** What the places are in: the array itself, no copy. */
  public byte[] document() {
    return document;
  }
}
