package io.sluice.writer.file;

import io.sluice.common.config.Settings;
import io.sluice.writer.upload.UploadLimits;
import java.io.Serializable;

/**
 * The section {@code files}: how large data files are, and what making them may take.
 *
 * @param targetBytes compressed bytes at which a data file is finished
 * @param multipleOf the number of files of a large interval is a multiple of this: the slices of
 *     the warehouse
 * @param memoryBytes of one task
 * @param maxOpen files that a task compresses at the same time
 * @param uploads how much is sent at once
 */
public record FileSettings(
    long targetBytes, int multipleOf, long memoryBytes, int maxOpen, UploadLimits uploads)
    implements Serializable {
  private static final long MIB = 1L << 20;
  private static final long LEAST_MEMORY = 8 * MIB;
  private static final int UPLOAD_ATTEMPTS = 4;

  public FileSettings {
    if (multipleOf > maxOpen) {
      throw new IllegalArgumentException(
          "multiple-of is at most max-open, for a task may have to write as many files at once");
    }
  }

  /** Reads the section. */
  public static FileSettings read(Settings settings) {
    long target = sized(settings, "target-size", 16 * MIB, 64 << 10, 1024 * MIB);
    int multipleOf = (int) settings.number("multiple-of", 1, 1, 1024);
    long memory = sized(settings, "memory", 96 * MIB, LEAST_MEMORY, 8192 * MIB);
    int maxOpen = (int) settings.number("max-open", 16, 1, 1024);
    long part = sized(settings, "part-size", 16 * MIB, 5 * MIB, 512 * MIB);
    int threads = (int) settings.number("upload.threads", 8, 1, 256);
    long uploadMemory = sized(settings, "upload.memory", 64 * MIB, 8 * MIB, 8192 * MIB);
    return settings.valid(
        () ->
            new FileSettings(
                target,
                multipleOf,
                memory,
                maxOpen,
                new UploadLimits(threads, uploadMemory, part, UPLOAD_ATTEMPTS)));
  }

  private static long sized(Settings settings, String name, long fallback, long least, long most) {
    long bytes = settings.bytes(name, fallback);
    if (bytes < least || bytes > most) {
      settings.problem(name, bytes, "must be from " + shown(least) + " to " + shown(most));
    }
    return bytes;
  }

  private static String shown(long bytes) {
    return bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes / 1024 + "KiB";
  }
}
