package io.sluice.acceptance;

import static org.awaitility.Awaitility.await;

import io.sluice.acceptance.pipeline.Build;
import io.sluice.acceptance.pipeline.Pipeline;
import io.sluice.acceptance.pipeline.Stages;
import io.sluice.stack.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A test of the whole pipeline: every part is the built artifact in a process of its own. */
abstract class PipelineTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Path logs;
  Pipeline pipeline;
  Stages stages;

  abstract int shards();

  @BeforeEach
  void startStandIns(TestInfo test) throws IOException {
    Path target = Build.current().root().resolve("docker/acceptance/target/acceptance-logs");
    Files.createDirectories(target);
    logs =
        Files.createTempDirectory(target, test.getTestClass().orElseThrow().getSimpleName() + "-");
    pipeline = Pipeline.start(Build.current(), logs, shards(), List.of());
    stages = pipeline.resources().stages();
  }

  @AfterEach
  void stop() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  /** Waits for a condition, and fails at once when a process that should run has ended. */
  void awaitWhileRunning(String what, BooleanSupplier condition, ChildProcess... processes) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .failFast(() -> requireRunning(processes))
        .until(condition::getAsBoolean);
  }

  private void requireRunning(ChildProcess... processes) {
    for (ChildProcess process : processes) {
      if (!process.isAlive()) {
        throw new AssertionError(
            "%s ended with %s:%n%s"
                .formatted(process.name(), process.exitCode(), process.logTail()));
      }
    }
  }
}
