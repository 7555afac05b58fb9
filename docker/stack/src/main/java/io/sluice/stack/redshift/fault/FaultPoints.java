package io.sluice.stack.redshift.fault;

import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.wire.ServerError;
import java.util.Optional;

/**
 * The moments at which a fault can strike. Every method is called on a thread of one session, may
 * block, and by default lets the session go on. Implementations are called by many sessions at
 * once.
 */
public interface FaultPoints {
  /** No fault ever. */
  FaultPoints NONE = new FaultPoints() {};

  /** What becomes of the client's connection. */
  enum Verdict {
    PROCEED,
    /**
     * The client's connection is closed without another byte; the database's session ends with it.
     */
    DROP_CONNECTION
  }

  /** A COMMIT has arrived and has not reached the database. */
  default Verdict beforeCommit(int sessionPid) {
    return Verdict.PROCEED;
  }

  /** The database has committed and the client does not know it yet. */
  default Verdict afterCommit(int sessionPid) {
    return Verdict.PROCEED;
  }

  /** A COPY into {@code table} begins; an error here fails it before a byte is read. */
  default Optional<ServerError> copyStarts(int sessionPid, String table) {
    return Optional.empty();
  }

  /** A COPY is about to read more of an object. */
  default void objectRead(String bucket, String key) throws ObjectException {}
}
