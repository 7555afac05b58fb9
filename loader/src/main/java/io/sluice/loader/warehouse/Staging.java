package io.sluice.loader.warehouse;

import java.util.List;
import java.util.Optional;

/**
 * The statements that bring what a COPY took into the table by way of a temporary one, all in the
 * load's transaction.
 */
interface Staging {
  /** The temporary table, which COPY is told. */
  String STAGED = "sluice_staged";

  /** Make that table, and what else is missing. */
  List<String> prepare();

  /** Counts what was staged and cannot come into the table; empty when everything can. */
  Optional<String> countUnusable();

  /** Bring what was staged into the table. */
  List<String> merge(String loadId);
}
