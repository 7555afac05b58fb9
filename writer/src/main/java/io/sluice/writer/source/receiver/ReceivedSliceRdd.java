package io.sluice.writer.source.receiver;

import static java.util.stream.Collectors.toSet;

import io.sluice.common.manifest.ShardMark;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SourceLostException;
import java.io.Serializable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.kinesis.KinesisBackedBlockRDDPartition;
import org.apache.spark.streaming.kinesis.SequenceNumberRange;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * The slices of one interval, out of the blocks that the receivers have stored. The blocks of a
 * shard meet in one partition; nothing is shuffled. The marks are asked for when the partitions are
 * first looked at, in the interval's own job: the interval before it has committed by then.
 */
final class ReceivedSliceRdd extends RDD<ShardSlice> {
  private static final long serialVersionUID = 1L;

  private final List<RDD<ReceivedRecord>> received;
  private final transient Supplier<Map<ShardId, ShardMark>> committed;
  private final transient IntSupplier atMost;

  private record Block(int rdd, KinesisBackedBlockRDDPartition partition) implements Serializable {
    List<SequenceNumberRange> ranges() {
      return JavaConverters.seqAsJavaList(partition.seqNumberRanges().ranges());
    }

    Set<ShardId> shards() {
      return ranges().stream()
          .map(range -> new ShardId(range.streamName(), range.shardId()))
          .collect(toSet());
    }
  }

  private record BlocksPartition(int index, List<Block> blocks, Map<ShardId, ShardMark> marks)
      implements Partition {
    private static final long serialVersionUID = 1L;

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BlocksPartition partition && partition.index == index;
    }
  }

  ReceivedSliceRdd(
      SparkContext context,
      List<RDD<ReceivedRecord>> received,
      Supplier<Map<ShardId, ShardMark>> committed,
      IntSupplier atMost) {
    super(
        context,
        JavaConverters.<Dependency<?>>asScalaBuffer(Collections.emptyList()).toSeq(),
        ClassTag$.MODULE$.apply(ShardSlice.class));
    this.received = new ArrayList<>(received);
    this.committed = committed;
    this.atMost = atMost;
  }

  @Override
  public Partition[] getPartitions() {
    List<Block> blocks = blocks();
    Map<ShardId, ShardMark> marks = committed.get();
    List<Set<ShardId>> shards = blocks.stream().map(Block::shards).toList();
    List<List<Integer>> groups = BlockGroups.group(shards, atMost.getAsInt());
    Partition[] partitions = new Partition[groups.size()];
    for (int i = 0; i < partitions.length; i++) {
      List<Block> grouped = new ArrayList<>();
      Map<ShardId, ShardMark> theirMarks = new HashMap<>();
      for (int block : groups.get(i)) {
        grouped.add(blocks.get(block));
        shards.get(block).stream()
            .filter(marks::containsKey)
            .forEach(shard -> theirMarks.put(shard, marks.get(shard)));
      }
      partitions[i] = new BlocksPartition(i, grouped, theirMarks);
    }
    return partitions;
  }

  /** Where the first block is: a receiver keeps its blocks where it runs. */
  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    Block block = ((BlocksPartition) split).blocks().get(0);
    return received.get(block.rdd()).preferredLocations(block.partition());
  }

  @Override
  public Iterator<ShardSlice> compute(Partition split, TaskContext context) {
    BlocksPartition partition = (BlocksPartition) split;
    ReceivedSlices slices = new ReceivedSlices();
    for (Block block : partition.blocks()) {
      Iterator<ReceivedRecord> records =
          received.get(block.rdd()).iterator(block.partition(), context);
      slices.add(
          block.partition().blockId().name(),
          block.ranges(),
          JavaConverters.asJavaIterator(records));
    }
    return JavaConverters.asScalaIterator(
        slices.slices(partition.marks(), Clock.systemUTC()).iterator());
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < received.size(); i++) {
      for (Partition partition : received.get(i).partitions()) {
        if (!(partition instanceof KinesisBackedBlockRDDPartition block)) {
          throw new SourceLostException("a block came without the ranges of its records");
        }
        blocks.add(new Block(i, block));
      }
    }
    return blocks;
  }
}
