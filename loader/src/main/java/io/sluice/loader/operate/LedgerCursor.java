package io.sluice.loader.operate;

import io.sluice.loader.warehouse.LedgerEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** The rows of the ledger manifest by manifest: it goes forward only. One thread. */
public final class LedgerCursor {
  private final Iterator<LedgerEntry> rows;
  private LedgerEntry next;

  /** {@code rows} are in the order of their manifests. */
  public LedgerCursor(Stream<LedgerEntry> rows) {
    this.rows = rows.iterator();
    advance();
  }

  /** What comes before this manifest and was not asked for. */
  public Iterable<LedgerEntry> before(long manifest) {
    return () -> taking(number -> number < manifest);
  }

  /** Leaves out what comes before this manifest. */
  public void skipTo(long manifest) {
    while (next != null && next.manifest() < manifest) {
      advance();
    }
  }

  /** What it has of this manifest. */
  public List<LedgerEntry> of(long manifest) {
    List<LedgerEntry> found = new ArrayList<>();
    taking(number -> number == manifest).forEachRemaining(found::add);
    return found;
  }

  /** All that is left. */
  public Iterable<LedgerEntry> rest() {
    return () -> taking(number -> true);
  }

  private Iterator<LedgerEntry> taking(LongPredicate wanted) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return next != null && wanted.test(next.manifest());
      }

      @Override
      public LedgerEntry next() {
        LedgerEntry taken = next;
        advance();
        return taken;
      }
    };
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }
}
