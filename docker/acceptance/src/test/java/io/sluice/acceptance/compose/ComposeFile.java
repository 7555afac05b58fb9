package io.sluice.acceptance.compose;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A compose file, as far as this project uses the format. */
record ComposeFile(Path folder, Map<String, Service> services) {
  /**
   * A service of it.
   *
   * @param build the folder of its image
   * @param command null for the image's own
   * @param volumes {@code source:target[:ro]}
   * @param dependsOn the services before it, and what each must have come to
   */
  record Service(
      Path build,
      List<String> command,
      Map<String, String> environment,
      List<String> volumes,
      List<String> ports,
      Map<String, String> dependsOn) {
    /** The path of the image that {@code path} of the volumes stands at. */
    Map<String, String> mounts() {
      return volumes.stream()
          .map(volume -> volume.split(":"))
          .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    }
  }

  static ComposeFile read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      Map<String, Object> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      Map<String, Service> services = new LinkedHashMap<>();
      map(root.get("services"))
          .forEach((name, value) -> services.put(name, service(file, map(value))));
      return new ComposeFile(file.getParent(), services);
    }
  }

  private static Service service(Path file, Map<String, Object> value) {
    return new Service(
        file.resolveSibling((String) value.get("build")).normalize(),
        value.containsKey("command") ? strings(value.get("command")) : null,
        map(value.get("environment")).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue()))),
        strings(value.get("volumes")),
        strings(value.get("ports")),
        map(value.get("depends_on")).entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> (String) map(e.getValue()).get("condition"))));
  }

  @SuppressWarnings("unchecked") // A mapping of YAML has strings for keys here.
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static List<String> strings(Object value) {
    return value == null ? List.of() : ((List<?>) value).stream().map(String::valueOf).toList();
  }
}
