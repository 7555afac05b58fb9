package io.sluice.stack.redshift.copy.format;

import io.sluice.stack.redshift.InMemoryObjects;
import io.sluice.stack.redshift.copy.CopyFailure;
import io.sluice.stack.redshift.copy.LoadRefusal;
import io.sluice.stack.redshift.copy.format.Row.Form;
import io.sluice.stack.redshift.copy.grammar.CopyParser;
import io.sluice.stack.redshift.copy.target.ColumnType;
import io.sluice.stack.redshift.copy.target.TargetColumn;
import io.sluice.stack.redshift.sql.Lexer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads small files by the options of a COPY; NULL shows as {@code <null>}, a bad row as its code.
 */
abstract class FormatCase {
  final InMemoryObjects objects = new InMemoryObjects();

  static List<TargetColumn> columns(String... namesAndTypes) {
    return Arrays.stream(namesAndTypes)
        .map(column -> column.split(" ", 2))
        .map(parts -> new TargetColumn(parts[0], ColumnType.parse(parts[1]), false, false))
        .toList();
  }

  RowReader reader(String options, List<TargetColumn> columns, byte[] file)
      throws IOException, CopyFailure {
    String sql = "copy t from 's3://lake/file' iam_role default " + options;
    return RowFormats.of(CopyParser.parse(Lexer.tokens(sql)).options(), columns, objects)
        .open(new ByteArrayInputStream(file));
  }

  List<String> rows(String options, List<TargetColumn> columns, String file)
      throws IOException, CopyFailure {
    return rows(reader(options, columns, file.getBytes(StandardCharsets.UTF_8)));
  }

  static List<String> rows(RowReader reader) throws IOException {
    List<String> rows = new ArrayList<>();
    while (true) {
      try {
        if (!reader.next()) {
          return rows;
        }
        rows.add(shown(reader.row()));
      } catch (LoadRefusal e) {
        rows.add(e.code() + ": " + e.getMessage());
      }
    }
  }

  private static String shown(Row row) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < row.fields(); i++) {
      fields.add(row.form(i) == Form.NULL ? "<null>" : row.text(i));
    }
    return String.join("¦", fields);
  }
}
