package io.sluice.stack.redshift;

import io.sluice.stack.redshift.copy.source.ObjectException;
import io.sluice.stack.redshift.fault.FaultPoints;
import io.sluice.stack.redshift.wire.ServerError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The faults that the running test has ordered. */
record SwitchedFaults(AtomicReference<FaultPoints> current) implements FaultPoints {
  @Override
  public Verdict beforeCommit(int sessionPid) {
    return current.get().beforeCommit(sessionPid);
  }

  @Override
  public Verdict afterCommit(int sessionPid) {
    return current.get().afterCommit(sessionPid);
  }

  @Override
  public Optional<ServerError> copyStarts(int sessionPid, String table) {
    return current.get().copyStarts(sessionPid, table);
  }

  @Override
  public void objectRead(String bucket, String key) throws ObjectException {
    current.get().objectRead(bucket, key);
  }
}
