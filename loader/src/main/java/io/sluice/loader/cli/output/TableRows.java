package io.sluice.loader.cli.output;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.HorizontalAlign;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns under headings, with two spaces between them; nothing but the headings without rows. */
final class TableRows implements Rows {
  private static final int WIDEST = 1000;

  private final PrintWriter out;
  private final List<Column> columns;
  private final List<Object[]> rows = new ArrayList<>();

  TableRows(PrintWriter out, List<Column> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void add(Object... cells) {
    Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = Cells.readable(columns.get(i), cells[i]).replace('\n', ' ');
    }
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
    table.lines().map(line -> line.substring(1).stripTrailing()).forEach(out::println);
    out.flush();
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
