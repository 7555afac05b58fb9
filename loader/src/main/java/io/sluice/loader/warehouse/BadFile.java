package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

/**
 * A file that is in quarantine: it stays in S3, nothing of it is in the table.
 *
 * @param key relative to the batch folder
 */
public record BadFile(String key, LoadError error) {
  public BadFile {
    requireNonNull(key, "key");
    requireNonNull(error, "error");
  }
}
