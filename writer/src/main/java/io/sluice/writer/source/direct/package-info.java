/**
 * Streams without receivers: the driver plans which shards are read from where ({@link
 * io.sluice.writer.source.direct.DirectSource}), a task asks Kinesis for one or more of them
 * ({@link io.sluice.writer.source.direct.ShardReader}), and what comes next is read ahead meanwhile
 * ({@link io.sluice.writer.source.direct.ReadAhead}).
 */
package io.sluice.writer.source.direct;
