/**
 * The first step of the writer's data path: records of a stream, shard by shard, from the committed
 * marks on.
 *
 * <p>The driver plans which shards are read from where ({@link
 * io.sluice.writer.source.DirectSource}); a task reads one shard ({@link
 * io.sluice.writer.source.ShardReader}) and hands on a {@link io.sluice.writer.source.ShardSlice}.
 */
package io.sluice.writer.source;
