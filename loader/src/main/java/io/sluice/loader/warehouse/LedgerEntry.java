package io.sluice.loader.warehouse;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A row of the ledger, as it is read back.
 *
 * @param manifest the number of the batch's manifest
 * @param state what the row tells of
 * @param loadId the load that entered it
 * @param rows loaded, or set aside
 * @param bytes of the files in S3
 * @param files how many these are
 * @param file relative to the batch folder, of which something is set aside; empty in the row of a
 *     batch
 */
public record LedgerEntry(
    long manifest,
    TableName table,
    State state,
    String loadId,
    long rows,
    long bytes,
    int files,
    Optional<String> file) {
  /** What a row tells of. */
  public enum State {
    /** A batch, as far as it is in the table. */
    LOADED("loaded"),
    /** A file of which nothing is in the table. */
    QUARANTINED("quarantined"),
    /** Rows of a file that are not in the table. */
    LEFT_OUT("left-out"),
    /** A file that was in quarantine, and is in the table since. */
    RETRIED("retried"),
    /** The same of a file that somebody has replaced: it has what it has, not what was promised. */
    REPLACED("replaced"),
    /** A file that was in quarantine, and that somebody has given up. */
    DISCARDED("discarded");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** Whether what the row tells of is in the table. */
    public boolean isLoaded() {
      return this == LOADED || this == RETRIED || this == REPLACED;
    }

    /** Whether somebody still has to decide what becomes of it. */
    public boolean isOpen() {
      return this == QUARANTINED || this == LEFT_OUT;
    }

    /** As the ledger has it. */
    public String text() {
      return text;
    }

    /** The states that are so, as a list of SQL's literals. */
    static String list(Predicate<State> wanted) {
      return Arrays.stream(values())
          .filter(wanted)
          .map(state -> Identifiers.literal(state.text))
          .collect(Collectors.joining(", "));
    }

    static State of(String text) {
      return Arrays.stream(values())
          .filter(state -> state.text.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "the ledger has a row of the state '"
                          + text
                          + "', which this version of Sluice does not know: use a newer one"));
    }
  }

  public LedgerEntry {
    requireNonNull(table, "table");
    requireNonNull(state, "state");
    requireNonNull(loadId, "loadId");
    requireNonNull(file, "file");
  }
}
