package io.sluice.loader.cli.output;

import java.io.PrintWriter;
import java.util.List;

/** Each row a block: the name of a cell, and the cell; lines after its first are indented alike. */
final class BlockRows implements Rows {
  private final PrintWriter out;
  private final List<Column> columns;
  private final int width;
  private final Style style;
  private boolean first = true;

  BlockRows(PrintWriter out, List<Column> columns, Style style) {
    this.out = out;
    this.style = style;
    this.columns = List.copyOf(columns);
    this.width = columns.stream().mapToInt(column -> column.name().length()).max().orElse(0);
  }

  @Override
  public void add(Object... cells) {
    if (!first) {
      out.println();
    }
    first = false;
    for (int i = 0; i < columns.size(); i++) {
      if (cells[i] != null) {
        line(columns.get(i), cells[i]);
      }
    }
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  private void line(Column column, Object value) {
    String name = column.name().replace('_', ' ');
    for (String part : Cells.readable(column, value).lines().toList()) {
      String space = " ".repeat(width - name.length() + 2);
      out.println((style.heading(name) + space + style.cell(part, value)).stripTrailing());
      name = "";
    }
  }
}
