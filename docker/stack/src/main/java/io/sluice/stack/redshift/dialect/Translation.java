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
 * @param changed the same if the statement reads that table's rows to change them
 * @param alone the command's name if it must be a transaction of its own, or null
 * @param tag what Redshift calls the statement when it is done, if the database would say something
 *     else, or null
 * @param subject what it is about
 */
public record Translation(
    Kind kind,
    String sql,
    CopyStatement copy,
    ServerError refusal,
    String written,
    String changed,
    String alone,
    String tag,
    Subject subject) {
  /** How the session treats the statement. */
  public enum Kind {
    /** The database carries it out as it is written here. */
    PASSED,
    /** A query: as {@link #PASSED}, but a SERIALIZABLE database asks whether it may run. */
    READ,
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

  private static final Subject NOTHING = new Subject("", "");

  static Translation of(Kind kind, String sql) {
    return new Translation(kind, sql, null, null, null, null, null, null, NOTHING);
  }

  /** An INSERT. */
  static Translation insert(String sql, String table) {
    return new Translation(Kind.WRITE, sql, null, null, table, null, null, null, NOTHING);
  }

  /** An UPDATE, DELETE or MERGE. */
  static Translation change(String sql, String table) {
    return new Translation(Kind.WRITE, sql, null, null, table, table, null, null, NOTHING);
  }

  /** The text passes the database's parser and answers a Describe; it is never executed. */
  static Translation copy(CopyStatement statement) {
    return new Translation(
        Kind.COPY,
        "copy " + statement.quotedTable() + " from stdin",
        statement,
        null,
        null,
        null,
        null,
        null,
        NOTHING);
  }

  static Translation refused(ServerError error) {
    return new Translation(Kind.REFUSED, REFUSED_SQL, null, error, null, null, null, null, NOTHING);
  }

  /** The same as a command that cannot run inside a transaction block. */
  Translation alone(String command) {
    return new Translation(kind, sql, copy, refusal, written, changed, command, tag, subject);
  }

  /** The same with this command tag. */
  Translation tagged(String shown) {
    return new Translation(kind, sql, copy, refusal, written, changed, alone, shown, subject);
  }

  /** The same of a statement about this. */
  Translation about(Subject what) {
    return new Translation(kind, sql, copy, refusal, written, changed, alone, tag, what);
  }

  /** Whether the database can take the text as it is, without the gateway's further care. */
  public boolean isPlain() {
    return (kind == Kind.PASSED || kind == Kind.READ) && alone == null && tag == null;
  }
}
