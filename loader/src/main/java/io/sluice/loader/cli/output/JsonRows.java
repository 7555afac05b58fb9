package io.sluice.loader.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** One array, an object a line. */
final class JsonRows implements Rows {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final PrintWriter out;
  private final List<Column> columns;
  private String before = "[";

  JsonRows(PrintWriter out, List<Column> columns) {
    this.out = out;
    this.columns = List.copyOf(columns);
  }

  @Override
  public void add(Object... cells) {
    out.println(before);
    before = ",";
    try {
      JsonGenerator json = JSON.createGenerator(out);
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i).key());
        json.writePOJO(Cells.plain(columns.get(i), cells[i]));
      }
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the answer as JSON", e);
    }
  }

  @Override
  public void close() {
    out.println(before.equals("[") ? "[]" : System.lineSeparator() + "]");
    out.flush();
  }
}
