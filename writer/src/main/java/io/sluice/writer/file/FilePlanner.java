package io.sluice.writer.file;

import io.sluice.common.manifest.TableName;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides into how many files an interval is written, from what the interval before was. Pure: the
 * driver asks it before each interval.
 *
 * <p>Two things are decided. How many tasks write: as few as give each about a file of the target
 * size, but one for each core as long as there is work for it, and never more than there are
 * partitions; so a small interval ends in few files, without moving its records between machines.
 * And into how many files a task deals the rows of a table: one, unless {@code files.multiple-of}
 * asks for more and the table has enough rows. Then the tasks times the files of a task is a
 * multiple, and each file is about as large as any other, so that all slices of the warehouse have
 * the same work; see "Loading data files" in the Amazon Redshift Database Developer Guide.
 *
 * <p>It is a forecast: when an interval differs from the one before, its files are larger or
 * smaller than planned, or there is one set more. What is written is right in any case.
 */
public final class FilePlanner {
  /**
   * Smaller files cost COPY more than a slice at rest; see "Loading data files", which advises 1 MB
   * at least.
   */
  static final long LEAST_FILE_BYTES = 1L << 20;

  /** Work for less than this is not worth a core, for each task has its own files. */
  static final long LEAST_TASK_BYTES = 256L << 10;

  private final FileSettings settings;

  public FilePlanner(FileSettings settings) {
    this.settings = settings;
  }

  /**
   * The plan of an interval.
   *
   * @param tasks how many tasks are to write it, at most as many as there are partitions
   * @param files how each of them makes its files
   */
  public record Plan(int tasks, FilePlan files) {}

  /**
   * Plans an interval.
   *
   * @param lastBytes the compressed bytes of each table in the interval before; empty when there
   *     was none
   * @param partitions into how many partitions the interval's records come
   * @param cores how many tasks run at the same time
   */
  public Plan plan(Map<TableName, Long> lastBytes, int partitions, int cores) {
    long total = lastBytes.values().stream().mapToLong(Long::longValue).sum();
    int tasks = tasks(total, lastBytes.isEmpty(), partitions, cores);
    Map<TableName, Integer> dealt = new TreeMap<>();
    lastBytes.forEach(
        (table, bytes) -> {
          int files = dealt(bytes, tasks);
          if (files > 1) {
            dealt.put(table, files);
          }
        });
    return new Plan(
        tasks,
        new FilePlan(
            settings.targetBytes(),
            settings.memoryBytes(),
            settings.maxOpen(),
            dealt,
            settings.uploads()));
  }

  /** Without a forecast every core works, for a first interval after a stop is a large one. */
  private int tasks(long total, boolean unknown, int partitions, int cores) {
    int most = Math.max(1, Math.min(partitions, unknown ? partitions : tasksFor(total, cores)));
    if (unknown || most <= 1) {
      return most;
    }
    // A multiple of the cores leaves none of them waiting for the last task.
    return most > cores ? most - most % cores : most;
  }

  private int tasksFor(long total, int cores) {
    long byCores = Math.min(cores, Math.max(1, total / LEAST_TASK_BYTES));
    long byTarget = (total + settings.targetBytes() - 1) / settings.targetBytes();
    return (int) Math.min(Integer.MAX_VALUE, Math.max(byCores, byTarget));
  }

  /**
   * The files of one task: the fewest that make the number of all files a multiple, with files of
   * at most the target's size; one, when the files would be too small.
   */
  private int dealt(long bytes, int tasks) {
    int multiple = settings.multipleOf();
    int step = multiple / gcd(multiple, tasks);
    if (step == 1 || bytes / ((long) step * tasks) < LEAST_FILE_BYTES) {
      return 1;
    }
    long wanted = (bytes + tasks * settings.targetBytes() - 1) / (tasks * settings.targetBytes());
    long steps = Math.max(1, (wanted + step - 1) / step);
    long most = settings.maxOpen() / step;
    return (int) (step * Math.min(steps, most));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
