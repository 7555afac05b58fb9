package io.sluice.loader.operate.doctor;

import io.sluice.loader.health.HealthProbe;
import java.util.List;

/** Whether a loader runs on this machine, and what it says. */
record DaemonCheck(HealthProbe probe) implements Check {
  @Override
  public String subject() {
    return "loader";
  }

  @Override
  public List<Finding> run() {
    if (probe.address().isEmpty()) {
      return List.of(Finding.info(subject(), "not asked: loader.health.port is 0"));
    }
    return List.of(
        probe
            .ask()
            .map(
                answer ->
                    answer.isReady()
                        ? Finding.ok(subject(), "runs and is ready")
                        : Finding.warn(
                            subject(),
                            "runs and is not ready: " + answer.text().replace("\n", "; "),
                            "see its log"))
            .orElse(Finding.info(subject(), "nobody answers at " + probe.address().get())));
  }
}
