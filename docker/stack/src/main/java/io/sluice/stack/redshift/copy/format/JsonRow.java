package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.copy.LoadError;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.FieldPaths.Node;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.target.ColumnType.Kind;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Picks the values of the columns out of one JSON document. Used by one thread. */
final class JsonRow {
  /** Numbers with a larger exponent fit no column but a float. */
  private static final int LARGEST_EXPANDED = 400;

  private final FieldPaths paths;
  private final List<TargetColumn> columns;
  private final JsonCursor cursor = new JsonCursor();
  private final Row row = new Row();
  private byte[] scratch = new byte[1 << 10];

  JsonRow(FieldPaths paths, List<TargetColumn> columns) {
    this.paths = paths;
    this.columns = List.copyOf(columns);
  }

  Row row() {
    return row;
  }

  void clear() {
    row.clear();
  }

  /** Reads the one document in {@code text[from, to)}; columns without a value are NULL. */
  void read(byte[] text, int from, int to) throws LoadRefusal {
    row.fillWithNull(columns.size());
    cursor.start(text, from, to);
    try {
      value(paths.root());
    } catch (LoadRefusal e) {
      // Which columns have their values by now says nothing.
      row.clear();
      throw e;
    }
  }

  private void value(Node node) throws LoadRefusal {
    int first = cursor.peek();
    int from = cursor.position();
    boolean looksInside = node.hasMembers() || !node.elements().isEmpty();
    if (looksInside && first == '{') {
      members(node);
    } else if (looksInside && first == '[') {
      elements(node);
    } else {
      cursor.skipValue();
      if (first != 'n') {
        checkAbsent(node);
      }
    }
    for (int column : node.columns()) {
      put(column, first, from, cursor.position());
    }
  }

  private void members(Node node) throws LoadRefusal {
    cursor.expect('{');
    if (!node.elements().isEmpty()) {
      throw notAnArray();
    }
    if (cursor.accept('}')) {
      return;
    }
    do {
      Node member = paths.member(node, cursor.name());
      if (member == null) {
        cursor.skipValue();
      } else {
        value(member);
      }
    } while (cursor.accept(','));
    cursor.expect('}');
  }

  private void elements(Node node) throws LoadRefusal {
    if (node.hasMembers()) {
      throw notAnObject();
    }
    cursor.expect('[');
    int count = 0;
    if (!cursor.accept(']')) {
      do {
        Node element = node.elements().get(count++);
        if (element == null) {
          cursor.skipValue();
        } else {
          value(element);
        }
      } while (cursor.accept(','));
      cursor.expect(']');
    }
    for (int index : node.elements().keySet()) {
      if (index >= count) {
        throw notAnArray();
      }
    }
  }

  /** A plain value has neither members nor elements. */
  private static void checkAbsent(Node node) throws LoadRefusal {
    if (!node.elements().isEmpty()) {
      throw notAnArray();
    }
    if (node.hasMembers()) {
      throw notAnObject();
    }
  }

  private void put(int column, int first, int from, int to) throws LoadRefusal {
    Kind kind = columns.get(column).type().kind();
    byte[] text = cursor.bytes();
    if (first == 'n') {
      row.put(column, Form.NULL, text, from, from);
    } else if (kind == Kind.SUPER) {
      row.put(column, Form.VALUE, text, from, to);
    } else if (first == '"') {
      reserve(to - from);
      row.put(column, Form.QUOTED, scratch, 0, cursor.decode(from, to, scratch));
    } else if (first == '{' || first == '[') {
      reserve(to - from);
      row.put(column, Form.VALUE, scratch, 0, compact(text, from, to));
    } else {
      plain(column, kind, first, from, to);
    }
  }

  /** Numbers with an exponent are written out for the types that know none. */
  private void plain(int column, Kind kind, int first, int from, int to) {
    byte[] text = cursor.bytes();
    boolean exact =
        switch (kind) {
          case INT2, INT4, INT8, NUMERIC -> true;
          default -> false;
        };
    if (exact && first != 't' && first != 'f') {
      String number = new String(text, from, to - from, StandardCharsets.US_ASCII);
      int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
      if (exponent > 0 && isSmall(number, exponent)) {
        byte[] digits = new BigDecimal(number).toPlainString().getBytes(StandardCharsets.US_ASCII);
        row.put(column, Form.VALUE, digits, 0, digits.length);
        return;
      }
    }
    row.put(column, Form.VALUE, text, from, to);
  }

  private static boolean isSmall(String number, int exponent) {
    int digits = number.length() - exponent - 1;
    return digits <= 4
        && Math.abs(Integer.parseInt(number.substring(exponent + 1))) < LARGEST_EXPANDED;
  }

  /**
   * Copies a structure without the white space between its tokens, but for that behind a colon, as
   * the guide's examples show it.
   */
  private int compact(byte[] text, int from, int to) {
    int length = 0;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      boolean kept = inString || !JsonCursor.isBlank(c) || (c == ' ' && text[i - 1] == ':');
      if (kept) {
        scratch[length++] = c;
      }
      if (inString && c == '\\') {
        scratch[length++] = text[++i];
      } else if (c == '"') {
        inString = !inString;
      }
    }
    return length;
  }

  private void reserve(int size) {
    if (scratch.length < size) {
      scratch = new byte[Math.max(size, scratch.length * 2)];
    }
  }

  private static LoadRefusal notAnArray() {
    return LoadError.JSON_NOT_AN_ARRAY.refusal();
  }

  private static LoadRefusal notAnObject() {
    return LoadError.JSON_NOT_AN_OBJECT.refusal();
  }
}
