package io.sluice.loader.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns under headings, with two spaces between them; nothing but the headings without rows. */
final class TableRows implements Rows {
  private static final int WIDEST = 1000;
  private static final int GAP = 2;

  private final PrintWriter out;
  private final List<Column> columns;
  private final Style style;
  private final List<Object[]> values = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  TableRows(PrintWriter out, List<Column> columns, Style style) {
    this.out = out;
    this.columns = List.copyOf(columns);
    this.style = style;
  }

  @Override
  public void add(Object... cells) {
    String[] row = new String[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Cells.readable(columns.get(i), cells[i]).replace('\n', ' ');
    }
    values.add(Arrays.copyOf(cells, row.length));
    rows.add(row);
  }

  @Override
  public void close() {
    String table =
        AsciiTable.builder()
            .border(AsciiTable.NO_BORDERS)
            .data(
                columns.stream()
                    .map(TableRows::column)
                    .toArray(com.github.freva.asciitable.Column[]::new),
                rows.toArray(Object[][]::new))
            .asString();
    List<String> lines = table.lines().map(line -> line.substring(1)).toList();
    for (int i = 0; i < lines.size(); i++) {
      out.println(i == 0 ? style.heading(lines.get(i).stripTrailing()) : coloured(lines.get(i), i));
    }
    out.flush();
  }

  /** Coloured afterwards, for the table counts every character of a cell. */
  private String coloured(String line, int number) {
    if (style == Style.PLAIN) {
      return line.stripTrailing();
    }
    StringBuilder whole = new StringBuilder();
    int begin = 0;
    for (int i = 0; i < columns.size(); i++) {
      int end = Math.min(line.length(), begin + width(i));
      whole.append(style.cell(line.substring(begin, end), values.get(number - 1)[i]));
      int next = Math.min(line.length(), end + GAP);
      whole.append(line, end, next);
      begin = next;
    }
    return whole.toString().stripTrailing();
  }

  private int width(int column) {
    int heading = columns.get(column).heading().length();
    return Math.max(heading, rows.stream().mapToInt(row -> row[column].length()).max().orElse(0));
  }

  private static com.github.freva.asciitable.Column column(Column column) {
    HorizontalAlign align = column.isNumeric() ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    return new com.github.freva.asciitable.Column()
        .header(column.heading())
        .headerAlign(align)
        .dataAlign(align)
        .maxWidth(WIDEST);
  }
}
