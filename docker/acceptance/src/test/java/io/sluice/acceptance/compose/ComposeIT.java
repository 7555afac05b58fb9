package io.sluice.acceptance.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.pipeline.Build;
import io.sluice.stack.process.ChildProcess;
import io.sluice.stack.process.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The containers of {@code docker/compose.yaml} as far as they can be tried without an engine: what
 * their images copy is there, and their commands, with the paths and ports of this machine, move
 * the earthquakes.
 */
class ComposeIT {
  private static final Pattern PUBLISHED = Pattern.compile("127\\.0\\.0\\.1:(\\d+):\\1");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final Deque<ChildProcess> running = new ArrayDeque<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private Build build;
  private ComposeFile compose;

  @BeforeEach
  void read() throws IOException {
    build = Build.current();
    compose = ComposeFile.read(build.root().resolve("docker/compose.yaml"));
  }

  @AfterEach
  void stop() {
    running.forEach(ChildProcess::close);
  }

  @Test
  void everyPathIsThere() throws IOException {
    for (ComposeFile.Service service : compose.services().values()) {
      Image image = Image.read(service.build());
      assertThat(service.build().resolve(".dockerignore")).exists();
      assertThat(image.files()).isNotEmpty();
      image.files().forEach((target, files) -> assertThat(files).as(target).isNotEmpty());
      image
          .files()
          .forEach(
              (target, files) -> {
                if (!target.endsWith("/")) {
                  assertThat(files).as("what becomes " + target).hasSize(1);
                }
              });
      for (String source : service.mounts().values()) {
        if (source.startsWith(".")) {
          assertThat(compose.folder().resolve(source)).exists();
        }
      }
      assertThat(compose.services().keySet()).containsAll(service.dependsOn().keySet());
    }
  }

  @Test
  void portsAreOpenToThisMachineOnlyAndEachOnce() {
    List<String> published = compose.services().get("stack").ports();

    assertThat(published).hasSize(6).doesNotHaveDuplicates().allMatch(PUBLISHED.asMatchPredicate());
  }

  @Test
  void theSettingsFindEveryVariable() throws IOException {
    for (String name : List.of("writer", "loader")) {
      Set<String> wanted = new TreeSet<>();
      Matcher matcher = VARIABLE.matcher(Files.readString(build.earthquakes(name + ".conf")));
      while (matcher.find()) {
        wanted.add(matcher.group(1));
      }

      assertThat(compose.services().get(name).environment())
          .containsKeys(wanted.toArray(String[]::new));
    }
  }

  @Test
  void theCommandsOfTheImagesMoveTheEarthquakes() throws IOException {
    ChildProcess stack = start("stack");
    Path addresses = folder.resolve("addresses/stack.properties");
    stack.await("its health check passed", SOON, () -> Files.exists(addresses));
    assertThat(start("prepare").awaitExit(SOON)).isZero();
    assertThat(start("init").awaitExit(SOON)).isZero();
    start("writer");
    start("loader");

    ChildProcess feed = start("feed");

    assertThat(feed.awaitExit(Duration.ofMinutes(5))).as(feed.logTail()).isZero();
    assertThat(feed.logTail()).contains("All 1,707 arrived exactly once.");
  }

  private ChildProcess start(String name) throws IOException {
    ComposeFile.Service service = compose.services().get(name);
    Image image = Image.read(service.build());
    List<String> command = new ArrayList<>();
    for (String word : image.entrypoint()) {
      command.add(here(word, image, service));
    }
    for (String word : service.command() == null ? image.command() : service.command()) {
      command.add(here(word, image, service));
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("SPARK_LOCAL_HOSTNAME", "localhost");
    for (Map.Entry<String, String> variable : service.environment().entrySet()) {
      environment.put(
          variable.getKey(), withPorts(variable.getValue().replace("//stack:", "//127.0.0.1:")));
    }
    ChildProcess process =
        ChildProcess.start(
            new ChildProcess.Spec(name, command, environment, folder.resolve(name + ".log")));
    running.addFirst(process);
    return process;
  }

  /** A word of a container's command as this machine's. */
  private String here(String word, Image image, ComposeFile.Service service) throws IOException {
    if (word.equals("java")) {
      return ChildProcess.java().toString();
    }
    if (word.equals("/opt/spark/bin/spark-submit")) {
      return build.sparkSubmit().toString();
    }
    if (word.equals("--bind=0.0.0.0")) {
      return "--bind=127.0.0.1";
    }
    if (word.equals("/opt/sluice/lib/*")) {
      return classPath(image);
    }
    Path file = image.file(word);
    if (file != null) {
      return file.toString();
    }
    String translated = word;
    for (Map.Entry<String, String> mount : service.mounts().entrySet()) {
      Path source =
          mount.getValue().startsWith(".")
              ? compose.folder().resolve(mount.getValue()).normalize()
              : Files.createDirectories(folder.resolve(mount.getValue()));
      translated = translated.replace(mount.getKey(), source.toString());
    }
    return withPorts(translated);
  }

  private static String classPath(Image image) {
    List<String> jars = new ArrayList<>();
    image.files().get("/opt/sluice/lib/").forEach(file -> jars.add(file.toString()));
    return String.join(System.getProperty("path.separator"), jars);
  }

  /** Free ports in the place of the published ones. */
  private String withPorts(String text) {
    String translated = text;
    for (String published : compose.services().get("stack").ports()) {
      Matcher matcher = PUBLISHED.matcher(published);
      if (matcher.matches()) {
        String port = matcher.group(1);
        if (!ports.containsKey(port)) {
          ports.put(port, FreePorts.any());
        }
        translated = translated.replaceAll("(?<=[:=])" + port + "\\b", ports.get(port).toString());
      }
    }
    return translated;
  }
}
