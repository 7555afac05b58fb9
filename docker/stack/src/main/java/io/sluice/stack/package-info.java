/**
 * The local stack: S3, SQS, Kinesis, DynamoDB and Redshift stand-ins in one JVM on loopback,
 * started and stopped together, as a library ({@link io.sluice.stack.Stack}) or as a program
 * ({@link io.sluice.stack.StackMain}).
 */
package io.sluice.stack;
