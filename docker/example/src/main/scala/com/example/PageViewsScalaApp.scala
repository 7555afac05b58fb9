package com.example

import io.sluice.writer.{BatchSink, SinkConfig}
import org.apache.spark.SparkConf
import org.apache.spark.streaming.{Seconds, StreamingContext}

/** The same as [[PageViewsApp]], in Scala. */
object PageViewsScalaApp {
  def main(args: Array[String]): Unit = {
    val context = new StreamingContext(new SparkConf().setAppName("page views"), Seconds(1))
    val sink = BatchSink.of[(String, Long)](
      SinkConfig.read(args(0)),
      (count, rows) => rows.row("page_views").set("page", count._1).set("views", count._2)
    )
    context
      .socketTextStream(args(1), args(2).toInt)
      .map(line => (line.split(" ")(1), 1L))
      .reduceByKey(_ + _)
      .foreachRDD((rdd, time) => sink.land(rdd, time))
    context.start()
    context.awaitTermination()
  }
}
