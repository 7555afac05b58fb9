package io.sluice.stack.redshift.copy.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One row of a file: fields as slices of one array of bytes, in the order of the columns that they
 * fill. A reader fills the same instance again and again. The array may be the reader's own buffer;
 * a converter may change the bytes of a field in place, since nobody reads them again. Used by one
 * thread.
 */
public final class Row {
  /** What a field's bytes are, which decides how they can become NULL. */
  public enum Form {
    /** Text as it stands in the file: NULL AS and the rules of empty and blank fields apply. */
    TEXT,
    /** Text that stood in quotes or was escaped: it never matches NULL AS. */
    QUOTED,
    /**
     * A value that its format has typed, as the text that a text file would hold with the default
     * formats: {@code 1}, {@code true}, {@code 2026-01-02 03:04:05.5}; what is empty is empty text.
     */
    VALUE,
    /** A value that its format holds as bytes, not as hexadecimal digits. */
    BINARY,
    /** NULL, whatever NULL AS says. */
    NULL
  }

  private byte[] bytes;
  private int length;
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private Form[] forms = new Form[32];
  private int fields;

  /** A row with an array of its own, for readers that {@link #append} values. */
  public Row() {
    this(new byte[1 << 12]);
  }

  /** A row whose fields are slices of a reader's buffer. */
  Row(byte[] buffer) {
    bytes = buffer;
  }

  /** Forgets the fields. */
  public void clear() {
    fields = 0;
    length = 0;
  }

  /** The number of fields. */
  public int fields() {
    return fields;
  }

  /** The bytes that hold the fields; valid until the next row. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a field starts in {@link #bytes()}. */
  public int start(int field) {
    return starts[field];
  }

  /** Where a field ends in {@link #bytes()}, exclusive. */
  public int end(int field) {
    return ends[field];
  }

  /** What a field is. */
  public Form form(int field) {
    return forms[field];
  }

  /** The text of a field, for error reports; empty if there is no such field. */
  public String text(int field) {
    return field < fields
        ? new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8)
        : "";
  }

  /** Adds a copy of {@code source[from, to)} as the next field. */
  public void append(Form form, byte[] source, int from, int to) {
    int size = to - from;
    if (bytes.length - length < size) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + size));
    }
    System.arraycopy(source, from, bytes, length, size);
    add(form, length, length + size);
    length += size;
  }

  /** Adds a text as the next field. */
  public void append(Form form, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    append(form, encoded, 0, encoded.length);
  }

  /** Adds NULL as the next field. */
  public void appendNull() {
    add(Form.NULL, length, length);
  }

  /** Makes a row of {@code count} NULLs, for readers that {@link #put} values by column. */
  public void fillWithNull(int count) {
    clear();
    for (int i = 0; i < count; i++) {
      appendNull();
    }
  }

  /** Puts a copy of {@code source[from, to)} in the place of a field. */
  public void put(int field, Form form, byte[] source, int from, int to) {
    int count = fields;
    fields = field;
    append(form, source, from, to);
    fields = count;
  }

  /** Adds a slice of the buffer as the next field. */
  void add(Form form, int start, int end) {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      forms = Arrays.copyOf(forms, fields * 2);
    }
    starts[fields] = start;
    ends[fields] = end;
    forms[fields++] = form;
  }

  /** Makes of a field, whose end is still open, another that starts later. */
  void replace(int field, Form form, int start) {
    forms[field] = form;
    starts[field] = start;
    ends[field] = start;
  }

  /** Sets where a field ends: once it is known, and again if its bytes are unescaped in place. */
  void endAt(int field, int end) {
    ends[field] = end;
  }

  /** Follows the buffer, whose contents moved {@code by} bytes towards the front. */
  void moved(byte[] buffer, int by) {
    bytes = buffer;
    for (int i = 0; i < fields; i++) {
      starts[i] -= by;
      ends[i] -= by;
    }
  }
}
