/**
 * A local Redshift: a gateway that speaks PostgreSQL's wire protocol before an embedded PostgreSQL.
 * It stands where the loader meets the warehouse.
 *
 * <p>The path of a statement: {@code wire} frames it, {@code session} carries it, {@code dialect}
 * translates it, and a COPY goes through the rooms of {@code copy}: grammar, source, format,
 * convert, load. In a SERIALIZABLE database {@code isolation} is asked before every statement that
 * reads or writes. {@code tls} makes the certificate, {@code database} holds the PostgreSQL and the
 * system tables, {@code fault} the moments at which tests can strike.
 *
 * <p>The state machine of a session. Two pumps share a queue of the answers that the database owes.
 * Every message that will be answered is queued before it is sent; the answer at the head is
 * complete at its closing message (ParseComplete, CommandComplete, ReadyForQuery ...). Answers to
 * the gateway's own messages are read and kept from the client, all but errors. An error in the
 * extended protocol drops everything queued up to the next Sync, for that is what the database
 * skips; if no Sync is queued, all that comes before one is dropped as it arrives. Thus nothing is
 * ever waited for that will not come.
 *
 * <p>A COPY is parsed at Parse, and PostgreSQL gets a statement of the same shape. At its Execute
 * the client's pump stops reading the client, asks the database for the target's columns under its
 * lock, finds the files, opens a COPY FROM STDIN of its own, feeds it with checked rows, and says
 * what Redshift says. Every question to the object store is asked on another thread, so that a
 * cancel, a statement timeout, the client's death or the server's stop ends the COPY whatever the
 * store does. If it fails, CopyFail or a statement that cannot be parsed aborts the transaction in
 * the database, and the client reads Redshift's error in the place of PostgreSQL's.
 */
package io.sluice.stack.redshift;
