package io.sluice.acceptance.faults;

import io.sluice.stack.process.ChildProcess;
import java.util.List;
import java.util.stream.Stream;

/** Where a writer's tasks run: always in executors that are processes of their own. */
interface Place {
  /** The main class of an executor. */
  String EXECUTOR = "CoarseGrainedExecutorBackend";

  /** What spark-submit is told. */
  String master();

  /** The executors that run for a driver now, as far as they can be told. */
  List<ProcessHandle> executors(ChildProcess driver);

  /** Spark's own small cluster: two workers inside the driver, a core each. */
  static Place localCluster() {
    return new Place() {
      @Override
      public String master() {
        return "local-cluster[2,1,1024]";
      }

      @Override
      public List<ProcessHandle> executors(ChildProcess driver) {
        return executorsBelow(driver).toList();
      }
    };
  }

  /** The executors that a process has started. */
  static Stream<ProcessHandle> executorsBelow(ChildProcess process) {
    return ProcessHandle.of(process.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR));
  }
}
