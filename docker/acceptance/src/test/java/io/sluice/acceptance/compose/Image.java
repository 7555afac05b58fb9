package io.sluice.acceptance.compose;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a Dockerfile makes, read without Docker.
 *
 * @param context the folder that the image is built in
 * @param files where the image has which files of the context
 * @param entrypoint what a container runs
 * @param command its arguments unless others are given
 */
record Image(
    Path context, Map<String, List<Path>> files, List<String> entrypoint, List<String> command) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Image read(Path context) throws IOException {
    Map<String, List<Path>> files = new HashMap<>();
    List<String> entrypoint = List.of();
    List<String> command = List.of();
    for (String line : Files.readAllLines(context.resolve("Dockerfile"))) {
      String[] words = line.strip().split("\\s+");
      switch (words[0]) {
        case "COPY" -> {
          String target = words[words.length - 1];
          List<Path> copied = new ArrayList<>();
          for (String pattern : Arrays.copyOfRange(words, 1, words.length - 1)) {
            copied.addAll(matching(context, pattern));
          }
          files.computeIfAbsent(target, t -> new ArrayList<>()).addAll(copied);
        }
        case "ENTRYPOINT" -> entrypoint = words(line);
        case "CMD" -> command = words(line);
        default -> {
          // What only an engine can do.
        }
      }
    }
    return new Image(context, files, entrypoint, command);
  }

  /** The file of this machine that stands at a path of the image; null if the image copies none. */
  Path file(String path) {
    for (Map.Entry<String, List<Path>> entry : files.entrySet()) {
      if (path.equals(entry.getKey())) {
        return entry.getValue().get(0);
      }
      for (Path file : entry.getValue()) {
        if (path.equals(entry.getKey() + file.getFileName())) {
          return file;
        }
      }
    }
    return null;
  }

  /** The files of the context that a COPY's source names. */
  private static List<Path> matching(Path context, String pattern) {
    Path folder = context.resolve(pattern).getParent();
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + context.resolve(pattern));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(matcher::matches).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String line) throws IOException {
    return JSON.readValue(line.substring(line.indexOf('[')), new TypeReference<>() {});
  }
}
