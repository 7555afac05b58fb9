package io.sluice.acceptance.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The CPU time that processes have used, in seconds. */
public final class ProcessTime {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double NANOS = 1e9;

  private ProcessTime() {}

  /** Of this process, all its threads, the compiler's and the collector's among them. */
  public static double ownSeconds() {
    return SYSTEM.getProcessCpuTime() / NANOS;
  }

  /** Of another process, to a hundredth of a second; 0 if it is gone. */
  public static double secondsOf(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).stream()
        .mapToDouble(ProcessTime::seconds)
        .findFirst()
        .orElse(0);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
