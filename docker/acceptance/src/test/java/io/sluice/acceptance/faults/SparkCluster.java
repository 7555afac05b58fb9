package io.sluice.acceptance.faults;

import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A standalone cluster of Spark: a master and two workers with a core each. The workers have two
 * names of one machine, for Spark runs a speculative task only on another host than the first
 * attempt's ({@code TaskSetManager}), which is never found in a {@code local-cluster}.
 */
final class SparkCluster implements Place, AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

  private final List<ChildProcess> processes = new ArrayList<>();
  private final SparkHome home;
  private final Path logs;
  private final Map<String, String> environment;
  private final int port;

  private SparkCluster(SparkHome home, Path logs, Map<String, String> environment) {
    this.home = home;
    this.logs = logs;
    this.environment = environment;
    this.port = FreePorts.any();
  }

  /** Starts it and waits until the master takes applications. */
  static SparkCluster start(SparkHome home, Path logs, Map<String, String> environment) {
    SparkCluster cluster = new SparkCluster(home, logs, environment);
    try {
      cluster.startAll();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  @Override
  public String master() {
    return "spark://127.0.0.1:" + port;
  }

  @Override
  public List<ProcessHandle> executors(ChildProcess driver) {
    return processes.stream().flatMap(Place::executorsBelow).toList();
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::kill);
  }

  private void startAll() {
    ChildProcess master =
        run(
            "master",
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0"));
    master.await("the master listens", SOON, this::isListening);
    for (String host : HOSTS) {
      run(
          "worker-" + host,
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              host,
              "--cores",
              "1",
              "--memory",
              "1g",
              "--webui-port",
              "0",
              "--work-dir",
              home.folder().resolve("work").toString(),
              master()));
    }
  }

  private ChildProcess run(String name, String mainClass, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ChildProcess.java().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                home.folder().resolve("conf") + ":" + home.folder().resolve("jars") + "/*",
                mainClass));
    command.addAll(arguments);
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command, environment, logs.resolve(name + ".log"))
                .with("SPARK_HOME", home.folder().toString())
                .with("SPARK_SCALA_VERSION", "2.12"));
    processes.add(process);
    return process;
  }

  private boolean isListening() {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
