package io.sluice.loader.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line of names, then the rows. A cell with nothing is empty. */
final class CsvRows implements Rows {
  private final PrintWriter out;
  private final List<Column> columns;
  private final SequenceWriter rows;

  CsvRows(PrintWriter out, List<Column> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(column -> schema.addColumn(column.key()));
    CsvMapper csv = new CsvMapper();
    csv.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    out.println(String.join(",", columns.stream().map(Column::key).toList()));
    try {
      rows = csv.writer(schema.build().withLineSeparator(System.lineSeparator())).writeValues(out);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void add(Object... cells) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).key(), Cells.plain(columns.get(i), cells[i]));
    }
    try {
      rows.write(row);
      rows.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    out.flush();
  }

  private static UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("cannot write the answer as CSV", e);
  }
}
