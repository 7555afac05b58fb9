package io.sluice.stack.redshift.session;

import io.sluice.stack.redshift.copy.load.LoadJournal;
import io.sluice.stack.redshift.copy.source.CopyObjects;
import io.sluice.stack.redshift.fault.FaultPoints;
import java.util.concurrent.ScheduledExecutorService;

/** What all sessions share. Everything in it is safe for many threads. */
record SessionContext(
    CopyObjects objects, LoadJournal journal, FaultPoints faults, ScheduledExecutorService timer) {}
