package io.sluice.loader.operate.reconcile;

import static java.util.Objects.requireNonNull;

import io.sluice.common.manifest.TableName;
import io.sluice.loader.plan.BatchId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that is not as it should be.
 *
 * @param manifest the number of the manifest that it is about, if it is about one
 * @param table the table that it is about, if it is about one
 * @param what one sentence with the names and numbers
 */
public record Difference(Kind kind, OptionalLong manifest, Optional<TableName> table, String what) {
  /** What can be wrong, and what to do about it. */
  public enum Kind {
    GAP_IN_LOG("bring the manifests back: what they named is never loaded without them"),
    UNREADABLE_MANIFEST("bring the manifest back as the writer wrote it, or use a newer Sluice"),
    FENCED_WRITER("find out who wrote it: a writer that was taken over from must not"),
    MARKS("find out who changed the manifest: records may be missing, or there twice"),
    RECORDS("find out who changed the manifest, or use --any-rows if a mapper makes many rows"),
    MISSING_FILE("bring the file back; what the table has of it stays there"),
    WRONG_SIZE("bring the file back as the writer landed it; compare the table with it"),
    NOT_LOADED("run the loader: it compares the log with the ledger by itself; or use --repair"),
    LOADED_TWICE("find out who entered it again, and take its rows out of the table once"),
    LEDGER_DIFFERS("find out who changed the manifest or the ledger"),
    LEDGER_WITHOUT_BATCH("find out who entered it, or which manifest was changed"),
    ROWS_MISSING(
        "find out who deleted them, unless rows of no load are told too, which may be these; then load these batches again: sluice-loader backfill --reload"),
    SURPLUS_ROWS("find out who inserted or copied them beside the loader, and delete them"),
    HISTORY_DIFFERS("find out who changed the ledger: the table got what COPY took");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
      return remedy;
    }

    /** Such as {@code gap-in-log}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Difference {
    requireNonNull(kind, "kind");
    requireNonNull(manifest, "manifest");
    requireNonNull(table, "table");
    requireNonNull(what, "what");
  }

  /** About a manifest as a whole. */
  static Difference of(Kind kind, long manifest, String what) {
    return new Difference(kind, OptionalLong.of(manifest), Optional.empty(), what);
  }

  /** About a batch, which may be none of a manifest. */
  static Difference of(Kind kind, BatchId batch, String what) {
    return new Difference(
        kind, OptionalLong.of(batch.manifest()), Optional.of(batch.table()), what);
  }
}
