package io.sluice.stack.redshift.dialect;

import io.sluice.stack.redshift.copy.grammar.CopyStatement;
import io.sluice.stack.redshift.wire.ServerError;

/**
 * What becomes of one statement.
 *
 * @param sql what the database gets; for a COPY and for a refused statement a stand-in of the same
 *     shape
 * @param copy the load, for {@link Kind#COPY} only
 * @param refusal the error, for {@link Kind#REFUSED} only
 * @param written the quoted name of the table to write to, for {@link Kind#WRITE} only
 */
public record Translation(
    Kind kind, String sql, CopyStatement copy, ServerError refusal, String written) {
  /** How the session treats the statement. */
  public enum Kind {
    /** The database carries it out as it is written here. */
    PASSED,
    /**
     * INSERT, UPDATE, DELETE or MERGE: as {@link #PASSED}, but writers of one table wait for each
     * other as on Redshift, where PostgreSQL would let them meet and deadlock at a later COPY.
     */
    WRITE,
    /** The gateway carries it out. */
    COPY,
    /** TRUNCATE, which commits the transaction that it runs in. */
    TRUNCATE,
    COMMIT,
    /** The client gets an error, and the transaction is aborted by it as by any other. */
    REFUSED
  }

  /**
   * No SQL at all: the database's own syntax error aborts the transaction, and the refusal takes
   * its text's place.
   */
  private static final String REFUSED_SQL = "refused";

  static Translation of(Kind kind, String sql) {
    return new Translation(kind, sql, null, null, null);
  }

  static Translation write(String sql, String table) {
    return new Translation(Kind.WRITE, sql, null, null, table);
  }

  /** The text passes the database's parser and answers a Describe; it is never executed. */
  static Translation copy(CopyStatement statement) {
    return new Translation(
        Kind.COPY, "copy " + statement.quotedTable() + " from stdin", statement, null, null);
  }

  static Translation refused(ServerError error) {
    return new Translation(Kind.REFUSED, REFUSED_SQL, null, error, null);
  }
}
