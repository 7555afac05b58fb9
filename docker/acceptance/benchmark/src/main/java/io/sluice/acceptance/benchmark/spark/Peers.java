package io.sluice.acceptance.benchmark.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import io.sluice.acceptance.benchmark.EventColumn;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What users do without Sluice, with the settings that Spark and S3A have by themselves. */
final class Peers {
  /** As {@code stream.foreachRDD(rdd -> rdd.saveAsTextFile(...))} does it. */
  private static final class UsualWay implements Variant {
    @Override
    public String name() {
      return "saveAsTextFile gzip";
    }

    @Override
    public String land(JavaRDD<byte[]> records, Target target) {
      texts(records).saveAsTextFile(target.uri(), GzipCodec.class);
      return target.prefix();
    }
  }

  /** JSON read by a schema, written as CSV. */
  private static final class DataFrameCsv implements Variant {
    private final SparkSession spark;

    DataFrameCsv(SparkSession spark) {
      this.spark = spark;
    }

    @Override
    public String name() {
      return "DataFrame csv gzip";
    }

    @Override
    public String land(JavaRDD<byte[]> records, Target target) {
      parsed(spark, records)
          .write()
          .option("compression", "gzip")
          .option("nullValue", "\\N")
          .csv(target.uri());
      return target.prefix();
    }
  }

  /** JSON read by a schema, written as Parquet. */
  private static final class DataFrameParquet implements Variant {
    private final SparkSession spark;

    DataFrameParquet(SparkSession spark) {
      this.spark = spark;
    }

    @Override
    public String name() {
      return "DataFrame parquet zstd";
    }

    @Override
    public String land(JavaRDD<byte[]> records, Target target) {
      parsed(spark, records).write().option("compression", "zstd").parquet(target.uri());
      return target.prefix();
    }
  }

  /** What Spark itself needs for a job that reads the records and does nothing with them. */
  private static final class EmptyJob implements Variant {
    @Override
    public String name() {
      return "empty Spark job";
    }

    @Override
    public String land(JavaRDD<byte[]> records, Target target) {
      records.foreachPartition(partition -> {});
      return target.prefix();
    }
  }

  private Peers() {}

  static Variant usualWay() {
    return new UsualWay();
  }

  static Variant dataFrameCsv(SparkSession spark) {
    return new DataFrameCsv(spark);
  }

  static Variant dataFrameParquet(SparkSession spark) {
    return new DataFrameParquet(spark);
  }

  static Variant emptyJob() {
    return new EmptyJob();
  }

  private static JavaRDD<String> texts(JavaRDD<byte[]> records) {
    return records.map(record -> new String(record, UTF_8));
  }

  private static Dataset<Row> parsed(SparkSession spark, JavaRDD<byte[]> records) {
    Dataset<String> lines = spark.createDataset(texts(records).rdd(), Encoders.STRING());
    return lines.select(from_json(col("value"), schema()).as("event")).select("event.*");
  }

  private static StructType schema() {
    return StructType.fromDDL(
        Arrays.stream(EventColumn.values())
            .map(column -> column.label() + " " + column.sparkType())
            .collect(Collectors.joining(", ")));
  }
}
