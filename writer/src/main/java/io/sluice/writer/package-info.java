/**
 * The writer: a Spark Streaming application that lands a Kinesis stream in S3, each batch interval
 * exactly once.
 *
 * <p>Data path: {@code source -> encode -> file -> land} in the executors, {@code commit ->
 * announce} in the driver.
 */
package io.sluice.writer;
