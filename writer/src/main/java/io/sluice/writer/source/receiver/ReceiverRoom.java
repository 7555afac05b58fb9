package io.sluice.writer.source.receiver;

import io.sluice.common.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * Whether Spark has room for the receivers: each keeps a core busy, and the tasks need one more.
 */
final class ReceiverRoom {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[([0-9]+|\\*)(?:,.*)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*([0-9]+)\\s*,\\s*([0-9]+)\\s*,.*]");

  private ReceiverRoom() {}

  /** Throws when the receivers would leave no core, or may be moved about. */
  static void require(SparkConf spark, int receivers) {
    List<String> problems = new ArrayList<>();
    OptionalInt cores = cores(spark);
    if (cores.isPresent() && cores.getAsInt() <= receivers) {
      problems.add(
          "%d receivers need at least %d cores, and Spark has %d: give it more, or lower source.receiver.receivers"
              .formatted(receivers, receivers + 1, cores.getAsInt()));
    }
    for (String setting :
        List.of("spark.dynamicAllocation.enabled", "spark.streaming.dynamicAllocation.enabled")) {
      if (spark.getBoolean(setting, false)) {
        problems.add(
            setting + " = true: must be off with receivers, for a removed executor ends the run");
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException("source.type = receiver", problems);
    }
  }

  /** The cores of the application, where its settings tell them. */
  private static OptionalInt cores(SparkConf spark) {
    String master = spark.get("spark.master", "local");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return OptionalInt.of(localCores(local.group(1)));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return OptionalInt.of(
          Integer.parseInt(cluster.group(1)) * Integer.parseInt(cluster.group(2)));
    }
    if (spark.contains("spark.executor.instances") && spark.contains("spark.executor.cores")) {
      return OptionalInt.of(
          spark.getInt("spark.executor.instances", 0) * spark.getInt("spark.executor.cores", 0));
    }
    return spark.contains("spark.cores.max")
        ? OptionalInt.of(spark.getInt("spark.cores.max", 0))
        : OptionalInt.empty();
  }

  private static int localCores(String cores) {
    if (cores == null) {
      return 1;
    }
    return cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores);
  }
}
