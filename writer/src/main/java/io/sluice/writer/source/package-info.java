/**
 * The first step of the writer's data path: records of streams, shard by shard, from the committed
 * marks on.
 *
 * <p>Two sources behind one interface ({@link io.sluice.writer.source.Source}): {@code direct} and
 * {@code receiver}. Both hand {@link io.sluice.writer.source.ShardSlice}s to the tasks, and both
 * keep their marks in {@link io.sluice.writer.source.TrackedStreams}.
 */
package io.sluice.writer.source;
