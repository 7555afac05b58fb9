package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A log that grows, read on from where it was left: watching it costs the one who writes nothing.
 */
final class LogFile {
  private final Path file;
  private final List<String> lines = new ArrayList<>();
  private long read;

  LogFile(Path file) {
    this.file = file;
  }

  /** All whole lines so far. */
  List<String> lines() {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      byte[] more = new byte[(int) (log.length() - read)];
      log.seek(read);
      log.readFully(more);
      int end = more.length;
      while (end > 0 && more[end - 1] != '\n') {
        end--;
      }
      lines.addAll(new String(more, 0, end, UTF_8).lines().toList());
      read += end;
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a line has this text. */
  boolean has(String text) {
    return lines().stream().anyMatch(line -> line.contains(text));
  }
}
