/**
 * The Kinesis stand-in: a request comes in over HTTP ({@code protocol}), becomes one typed call
 * ({@code operation}) and reads or changes streams, shards and records in memory ({@code store}).
 */
package io.sluice.stack.kinesis;
