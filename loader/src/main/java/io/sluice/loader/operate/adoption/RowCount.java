package io.sluice.loader.operate.adoption;

import io.sluice.common.manifest.FileFormat.Format;

/**
 * Counts the rows of a text as COPY does: a line is a row, but for an end of line inside of quotes
 * (CSV) or behind a backslash (DELIMITED); of JSON each value of the outermost level is one, on
 * however many lines. One thread.
 */
abstract class RowCount {
  private static final int QUOTE = '"';
  private static final int BACKSLASH = '\\';
  private static final int END_OF_LINE = '\n';

  private long rows;

  /** For text of this format. */
  static RowCount of(Format format) {
    return switch (format) {
      case CSV -> new Csv();
      case DELIMITED -> new Delimited();
      case JSON -> new Json();
      case AVRO, PARQUET ->
          throw new IllegalArgumentException("rows are counted in CSV, DELIMITED and JSON only");
    };
  }

  /** The next bytes. */
  final void add(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      add(bytes[i]);
    }
  }

  /** The rows, once all bytes were added. */
  abstract long total();

  abstract void add(int next);

  final void countRow() {
    rows++;
  }

  final long counted() {
    return rows;
  }

  private static final class Csv extends RowCount {
    private boolean quoted;
    private boolean begun;

    @Override
    void add(int next) {
      if (next == END_OF_LINE && !quoted) {
        countRow();
        begun = false;
        return;
      }
      // A doubled quote inside of quotes ends them and begins them again.
      quoted ^= next == QUOTE;
      begun = true;
    }

    @Override
    long total() {
      return counted() + (begun ? 1 : 0);
    }
  }

  private static final class Delimited extends RowCount {
    private boolean escaped;
    private boolean begun;

    @Override
    void add(int next) {
      if (next == END_OF_LINE && !escaped) {
        countRow();
        begun = false;
        return;
      }
      escaped = next == BACKSLASH && !escaped;
      begun = true;
    }

    @Override
    long total() {
      return counted() + (begun ? 1 : 0);
    }
  }

  private static final class Json extends RowCount {
    private int depth;
    private boolean quoted;
    private boolean escaped;

    @Override
    void add(int next) {
      if (quoted) {
        quoted = next != QUOTE || escaped;
        escaped = next == BACKSLASH && !escaped;
        return;
      }
      switch (next) {
        case QUOTE -> quoted = true;
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth == 0) {
            countRow();
          }
        }
        default -> {
          // Between the brackets and quotes nothing begins or ends a row.
        }
      }
    }

    @Override
    long total() {
      return counted();
    }
  }
}
