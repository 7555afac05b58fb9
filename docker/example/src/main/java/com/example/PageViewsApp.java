package com.example;

import io.sluice.writer.BatchSink;
import io.sluice.writer.SinkConfig;
import java.io.Serializable;
import org.apache.spark.SparkConf;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import scala.Tuple2;

/**
 * Counts the views of each page in each interval and lands the counts, a row a page.
 *
 * <pre>
 * spark-submit --jars sluice-writer-VERSION-all.jar --class com.example.PageViewsApp example.jar page-views.conf HOST PORT
 * </pre>
 *
 * <p>It reads lines {@code USER PATH} from a socket; any other DStream lands in the same way.
 */
@SuppressWarnings("deprecation") // Spark points to Structured Streaming
public final class PageViewsApp {
  /** How often a page was viewed in one interval. */
  record PageViews(String page, long views) implements Serializable {}

  private PageViewsApp() {}

  public static void main(String[] args) throws InterruptedException {
    SparkConf spark = new SparkConf().setAppName("page views");
    try (JavaStreamingContext context = new JavaStreamingContext(spark, Durations.seconds(1));
        BatchSink<PageViews> sink =
            BatchSink.of(
                SinkConfig.read(args[0]),
                (views, rows) ->
                    rows.row("page_views").set("page", views.page()).set("views", views.views()))) {
      context
          .socketTextStream(args[1], Integer.parseInt(args[2]))
          .mapToPair(line -> new Tuple2<>(line.substring(line.indexOf(' ') + 1), 1L))
          .reduceByKey(Long::sum)
          .toJavaDStream()
          .map(count -> new PageViews(count._1(), count._2()))
          .foreachRDD(sink);
      context.start();
      context.awaitTermination();
    }
  }
}
