package io.sluice.writer.map.json;

import java.util.Arrays;

/**
 * A hash table from runs of bytes to values: looks a key up where it lies, without making a text of
 * it. Filled once, then read by one thread or many.
 */
public final class BytesTable<V> {
  private byte[][] keys = new byte[8][];
  private Object[] values = new Object[8];
  private int size;

  /** Adds a value; an earlier one of the same key is replaced. */
  public void put(byte[] key, V value) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int at = place(key, 0, key.length);
    if (keys[at] == null) {
      keys[at] = key;
      size++;
    }
    values[at] = value;
  }

  /** The value of the bytes, or null. */
  @SuppressWarnings("unchecked") // only put writes them
  public V get(byte[] bytes, int from, int to) {
    return (V) values[place(bytes, from, to)];
  }

  private int place(byte[] bytes, int from, int to) {
    int mask = keys.length - 1;
    int at = hash(bytes, from, to) & mask;
    while (keys[at] != null && !Arrays.equals(keys[at], 0, keys[at].length, bytes, from, to)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  /** Names differ in their lengths, their ends and their middles: the whole of them is compared. */
  private static int hash(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return 0;
    }
    int h = length * 31 + bytes[from];
    h = h * 31 + bytes[to - 1];
    h = h * 31 + bytes[from + (length >> 1)];
    h = h * 31 + bytes[from + (length >> 2)];
    h *= 0x9E3779B1;
    return h ^ (h >>> 15);
  }

  private void grow() {
    byte[][] oldKeys = keys;
    Object[] oldValues = values;
    keys = new byte[oldKeys.length * 2][];
    values = new Object[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int at = place(oldKeys[i], 0, oldKeys[i].length);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
