package io.sluice.stack.redshift.copy.grammar;

import io.sluice.stack.redshift.copy.S3Url;
import java.util.List;
import java.util.Optional;

/**
 * One parsed COPY from S3.
 *
 * @param schema the target's schema, if it was named
 * @param columns the column list, empty if the statement has none
 * @param source the manifest with MANIFEST, else the prefix
 */
public record CopyStatement(
    Optional<String> schema,
    String table,
    List<String> columns,
    S3Url source,
    CopyOptions options) {
  public CopyStatement {
    columns = List.copyOf(columns);
  }

  /** The target's name, quoted, as the database resolves it. */
  public String quotedTable() {
    return schema.map(s -> quote(s) + ".").orElse("") + quote(table);
  }

  /** The target's name as error messages show it. */
  public String displayTable() {
    return schema.map(s -> s + ".").orElse("") + table;
  }

  /** A name in double quotes. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
