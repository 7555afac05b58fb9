package io.sluice.writer.map.json;

import io.sluice.writer.map.reject.RejectException;

/**
 * Reads documents: the plain ones by {@link JsonScanner}, all others by {@link JacksonReader}. For
 * one thread.
 */
public final class DocumentReader {
  /** How deep a document may be; SUPER holds as much ("Limitations", SUPER, Redshift's guide). */
  public static final int MAX_DEPTH = 1000;

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final PointerTree tree;
  private final Shortcuts shortcuts;
  private final JsonScanner scanner = new JsonScanner();
  private final JacksonReader jackson = new JacksonReader();

  /** A reader that looks for the tree's pointers. */
  public DocumentReader(PointerTree tree, Shortcuts shortcuts) {
    this.tree = tree;
    this.shortcuts = shortcuts;
  }

  /** Fills the slots; when it throws, the record is no document. */
  public void read(byte[] data, int from, int to, Slots slots) throws RejectException {
    int start = from + (hasBom(data, from, to) ? BOM.length : 0);
    slots.begin(data);
    if (shortcuts == Shortcuts.TAKEN && scanner.scan(data, start, to, tree.root(), slots)) {
      return;
    }
    slots.begin(data);
    jackson.read(data, start, to, tree.root(), slots);
  }

  /** A byte order mark may stand before a document, and is no part of it (RFC 8259). */
  public static boolean hasBom(byte[] data, int from, int to) {
    return to - from >= BOM.length
        && data[from] == BOM[0]
        && data[from + 1] == BOM[1]
        && data[from + 2] == BOM[2];
  }
}
