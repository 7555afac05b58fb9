package io.sluice.acceptance.benchmark.spark;

import io.sluice.acceptance.benchmark.Events;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Spark, S3 and the records that the comparisons are made with; closing it ends all. */
final class Lab implements AutoCloseable {
  private static final long SEED = 1;

  private final Path stackJar;
  private final Path logs;
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Deque<Storage> storages = new ArrayDeque<>();

  /**
   * Starts Spark.
   *
   * @param cores as many tasks run at the same time
   */
  Lab(Path stackJar, Path logs, int cores) {
    this.stackJar = stackJar;
    this.logs = logs;
    this.spark =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .appName("sluice-benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", logs.resolve("spark").toString())
            .config("spark.sql.warehouse.dir", logs.resolve("warehouse").toString())
            .config("spark.hadoop.hadoop.tmp.dir", logs.resolve("hadoop").toString())
            .getOrCreate();
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  SparkSession spark() {
    return spark;
  }

  /** Starts an S3 of this latency. */
  Storage storage(String bucket, Duration latency) throws IOException {
    Storage storage = Storage.start(stackJar, logs, bucket, latency, context.hadoopConfiguration());
    storages.push(storage);
    // Clients of AWS in this JVM find them there.
    System.setProperty("aws.accessKeyId", storage.endpoints().accessKey());
    System.setProperty("aws.secretKey", storage.endpoints().secretKey());
    return storage;
  }

  /** So many events, in memory before anything is measured. */
  JavaRDD<byte[]> persisted(long records, int partitions) {
    JavaRDD<byte[]> events = generated(records, partitions).persist(StorageLevel.MEMORY_ONLY());
    long count = events.count();
    long cached =
        context.sc().getRDDStorageInfo().length == 0 ? 0 : context.getPersistentRDDs().size();
    if (count != records || cached == 0) {
      throw new IllegalStateException("only %d of %d events".formatted(count, records));
    }
    return events;
  }

  /** So many events, made when they are asked for and kept by nobody. */
  JavaRDD<byte[]> generated(long records, int partitions) {
    Events events = Events.of(SEED);
    return context
        .parallelize(ranges(records, partitions), partitions)
        .flatMap(range -> events(events, range));
  }

  @Override
  public void close() {
    context.close();
    storages.forEach(Storage::close);
  }

  /** The events of one partition: from a number, and how many. */
  private record Range(long from, long count) implements java.io.Serializable {}

  private static List<Range> ranges(long records, int partitions) {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      long from = records * i / partitions;
      ranges.add(new Range(from, records * (i + 1) / partitions - from));
    }
    return ranges;
  }

  private static Iterator<byte[]> events(Events events, Range range) {
    return LongStream.range(range.from(), range.from() + range.count())
        .mapToObj(events::json)
        .iterator();
  }
}
