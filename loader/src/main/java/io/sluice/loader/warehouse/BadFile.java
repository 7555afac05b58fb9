package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

/**
 * A file of which something is in quarantine: it stays in S3.
 *
 * @param key relative to the batch folder
 * @param error the reason, of rows that were left out that of the first
 * @param extent how much of it is not in the table
 */
public record BadFile(String key, LoadError error, Extent extent) {
  /** How much of a file is in quarantine. */
  public enum Extent {
    /** Nothing of it is in the table. */
    FILE,
    /** Nothing of it is in the table, and somebody has decided that it stays so. */
    GIVEN_UP,
    /** Some rows are not, as MAXERROR allows; all others are. */
    ROWS;

    /** Whether nothing of the file is in the table. */
    public boolean isWhole() {
      return this != ROWS;
    }
  }

  public BadFile {
    requireNonNull(key, "key");
    requireNonNull(error, "error");
    requireNonNull(extent, "extent");
  }
}
