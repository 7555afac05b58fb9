package io.sluice.loader.daemon;

import io.sluice.loader.plan.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maintenance windows of one or all tables; says once when one begins and once when it ends.
 *
 * <p>Safe for use by several threads.
 */
final class WindowWatch {
  private static final Logger log = LoggerFactory.getLogger(WindowWatch.class);

  private final String whom;
  private final List<MaintenanceWindow> windows;
  private boolean open;

  /** {@code whom} names the tables in the log. */
  WindowWatch(String whom, List<MaintenanceWindow> windows) {
    this.whom = whom;
    this.windows = List.copyOf(windows);
  }

  /** When a load may begin as far as the windows go: {@link Instant#MIN} when none is open. */
  synchronized Instant until(Instant now) {
    Instant end =
        windows.stream()
            .flatMap(window -> window.endIfOpen(now).stream())
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    boolean isOpen = now.isBefore(end);
    if (isOpen && !open) {
      log.info("maintenance window of {}: no load begins until {}, messages are kept", whom, end);
    } else if (!isOpen && open) {
      log.info("the maintenance window of {} is over", whom);
    }
    open = isOpen;
    return end;
  }
}
