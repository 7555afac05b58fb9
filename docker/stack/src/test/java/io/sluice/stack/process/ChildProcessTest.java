package io.sluice.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void runsACommandWithItsEnvironmentAndKeepsTheOutput() {
    ChildProcess.Spec spec = shell("echo to-stdout; echo $COLOUR 1>&2; exit 7");

    try (ChildProcess child = ChildProcess.start(spec.with("COLOUR", "green"))) {
      assertThat(child.awaitExit(SOON)).isEqualTo(7);
      assertThat(child.exitCode()).hasValue(7);
      assertThat(child.isAlive()).isFalse();
      assertThat(child.logTail()).isEqualTo("to-stdout\ngreen");
      assertThat(child.logTail(1)).isEqualTo("green");
    }
  }

  @Test
  void terminatesByAsking() {
    try (ChildProcess child =
        ChildProcess.start(
            shell("trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done"))) {
      awaitUp(child);

      assertThat(child.terminate(SOON)).isEqualTo(3);
      assertThat(child.logTail()).isEqualTo("up\nbye");
    }
  }

  @Test
  void killsWhatDoesNotListen() {
    try (ChildProcess child =
        ChildProcess.start(shell("trap '' TERM; echo up; while :; do sleep 0.05; done"))) {
      awaitUp(child);

      assertThat(child.terminate(Duration.ofMillis(300))).isEqualTo(128 + 9);
    }
  }

  @Test
  void killsTheChildrenToo() {
    try (ChildProcess child = ChildProcess.start(shell("sleep 300 & echo $!; wait"))) {
      child.await("the grandchild runs", SOON, () -> !child.logTail().isEmpty());
      ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(child.logTail())).orElseThrow();

      child.kill();

      await().until(() -> !grandchild.isAlive());
    }
  }

  @Test
  void anEndBeforeTheConditionIsAFailureWithTheLog() {
    try (ChildProcess child = ChildProcess.start(shell("echo no such setting; exit 2"))) {
      assertThatThrownBy(() -> child.await("it was ready", SOON, () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "test (pid %d) ended with exit code 2 before it was ready", child.pid())
          .hasMessageEndingWith("no such setting");
    }
  }

  @Test
  void aConditionThatDoesNotComeIsAFailureWithTheLog() {
    try (ChildProcess child = ChildProcess.start(shell("echo working; exec sleep 300"))) {
      assertThatThrownBy(() -> child.await("it was ready", Duration.ofMillis(500), () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("did not come to this within PT0.5S: it was ready")
          .hasMessageEndingWith("working");
    }
  }

  @Test
  void saysWhatCannotBeStarted() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(
            () ->
                ChildProcess.start(
                    new ChildProcess.Spec("tool", List.of(missing.toString()), log())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot start tool");
    assertThat(Files.exists(missing)).isFalse();
  }

  private static void awaitUp(ChildProcess child) {
    child.await("it is up", SOON, () -> child.logTail().contains("up"));
  }

  private ChildProcess.Spec shell(String script) {
    return new ChildProcess.Spec("test", List.of("/bin/sh", "-c", script), log());
  }

  private Path log() {
    return folder.resolve("logs/test.log");
  }
}
