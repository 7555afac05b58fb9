package io.sluice.loader.operate.quarantine;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.FileFormat;
import io.sluice.loader.load.RepairedFile;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.DataText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Lines of a data file with those around them, read no further than the last of them. Lines are
 * counted as COPY counts them, by the ends of lines in the file: a quoted field that holds one
 * makes its row two lines.
 */
public final class Excerpt {
  private static final int CONTEXT = 3;

  /** A row may have megabytes; people need its beginning. */
  private static final int LONGEST = 2000;

  private static final int BUFFER = 1 << 16;

  /**
   * A line.
   *
   * @param number from 1
   * @param isMeant whether it was asked for, and is no context
   * @param text its beginning, without what would upset a terminal
   */
  public record Line(long number, boolean isMeant, String text) {}

  private Excerpt() {}

  /**
   * Why no lines of such files can be shown, if so.
   *
   * @param lines those that are asked for
   */
  public static Optional<String> refusal(Batch batch, Collection<Long> lines) {
    FileFormat.Format format = batch.format().format();
    if (!format.isText()) {
      return Optional.of("no lines can be shown of a file in " + format);
    }
    return lines.stream().allMatch(line -> line < 1)
        ? Optional.of("COPY has named no line")
        : Optional.empty();
  }

  /**
   * Reads lines, each with three before and three behind it, as far as the file has them.
   *
   * @throws UncheckedIOException when the file breaks off, or is not packed as its manifest says
   */
  public static List<Line> of(BatchFolders folders, RepairedFile file, Collection<Long> lines) {
    Batch batch = file.batch().batch();
    Optional<InputStream> packed = folders.open(file.entry().batch().folder(), file.entry().file());
    if (packed.isEmpty()) {
      return List.of();
    }
    try (InputStream object = packed.get();
        InputStream text = new BufferedInputStream(DataText.of(object, batch.format()), BUFFER)) {
      return around(text, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.entry().uri(), e);
    }
  }

  static List<Line> around(InputStream text, Collection<Long> lines) throws IOException {
    TreeSet<Long> wanted = new TreeSet<>();
    lines.stream()
        .filter(line -> line > 0)
        .flatMap(line -> LongStream.rangeClosed(line - CONTEXT, line + CONTEXT).boxed())
        .forEach(wanted::add);
    List<Line> found = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (long number = 1; !wanted.isEmpty() && number <= wanted.last(); number++) {
      line.reset();
      boolean isThere = read(text, line);
      if (!isThere) {
        break;
      }
      if (wanted.contains(number)) {
        found.add(new Line(number, lines.contains(number), printable(line)));
      }
    }
    return found;
  }

  /** Reads one line and keeps its beginning; false at the end of the file. */
  private static boolean read(InputStream text, ByteArrayOutputStream line) throws IOException {
    int next = text.read();
    if (next < 0) {
      return false;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() < LONGEST) {
        line.write(next);
      }
      next = text.read();
    }
    return true;
  }

  private static String printable(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    return whole.replaceAll("[\\p{Cntrl}&&[^\\t]]", "\uFFFD")
        + (line.size() < LONGEST ? "" : " ...");
  }
}
