package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

/**
 * Why a file cannot be loaded.
 *
 * @param file the file's {@code s3://} address as the warehouse tells it, empty when it does not
 * @param line of the file, counted from 1, 0 when unknown
 * @param column the table's column, empty when unknown
 * @param value what stood in the field: user data, so it belongs into ledger and note and never
 *     into a log; empty when unknown
 * @param code COPY's own, empty when unknown
 * @param reason COPY's own words, or the loader's
 */
public record LoadError(
    String file, long line, String column, String value, String code, String reason) {
  public LoadError {
    requireNonNull(file, "file");
    requireNonNull(column, "column");
    requireNonNull(value, "value");
    requireNonNull(code, "code");
    requireNonNull(reason, "reason");
  }

  /** A reason and nothing else. */
  public static LoadError of(String reason) {
    return new LoadError("", 0, "", "", "", reason);
  }

  /** All but the value, in one sentence. */
  public String sentence() {
    return file.isEmpty()
        ? reason
        : "%s, line %d, column %s: %s (code %s)"
            .formatted(
                file,
                line,
                column.isEmpty() ? "unknown" : column,
                reason,
                code.isEmpty() ? "unknown" : code);
  }
}
