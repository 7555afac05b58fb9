package io.sluice.loader.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How an answer is written. */
public enum OutputFormat {
  /** For people: columns under headings. */
  TABLE,
  /** For programs: one array of objects, with the names of the columns. */
  JSON,
  /** For programs: a line of names, then the rows, as RFC 4180 has them. */
  CSV;

  /** Begins an answer on {@code out}, whose rows stand below each other. */
  public Rows rows(PrintWriter out, List<Column> columns) {
    return rows(out, columns, Style.PLAIN);
  }

  /** The same with colours for people. */
  public Rows rows(PrintWriter out, List<Column> columns, Style style) {
    return switch (this) {
      case TABLE -> new TableRows(out, columns, style);
      case JSON -> new JsonRows(out, columns);
      case CSV -> new CsvRows(out, columns);
    };
  }

  /** The same for long cells: for people each row is a block, a line for each cell. */
  public Rows blocks(PrintWriter out, List<Column> columns) {
    return blocks(out, columns, Style.PLAIN);
  }

  /** The same with colours for people. */
  public Rows blocks(PrintWriter out, List<Column> columns, Style style) {
    return this == TABLE ? new BlockRows(out, columns, style) : rows(out, columns);
  }

  /** Whether a person reads it. */
  public boolean isForPeople() {
    return this == TABLE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
