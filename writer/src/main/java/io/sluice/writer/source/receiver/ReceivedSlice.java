package io.sluice.writer.source.receiver;

import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What the receivers brought of one shard in one interval, in the order of the marks and each
 * record once.
 *
 * <p>A record is dropped when it equals its neighbour, or when the last manifest has committed it.
 * It is never compared with the highest mark met so far in the order of arrival: after a lease has
 * moved, earlier records come behind later ones.
 */
final class ReceivedSlice implements ShardSlice {
  private final ShardId id;
  private final ShardMark committed;
  private final List<SourceRecord> records;
  private final Clock clock;

  private int position;
  private SourceRecord next;
  private Mark first;
  private SourceRecord last;
  private long taken;
  private long duplicates;

  ReceivedSlice(ShardId id, ShardMark committed, List<SourceRecord> records, Clock clock) {
    this.id = id;
    this.committed = committed;
    this.records = records;
    this.clock = clock;
    records.sort(Comparator.comparing(SourceRecord::mark));
  }

  @Override
  public String stream() {
    return id.stream();
  }

  @Override
  public String shard() {
    return id.shard();
  }

  @Override
  public Iterator<SourceRecord> records() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (next == null && position < records.size()) {
          consider(records.get(position++));
        }
        return next != null;
      }

      @Override
      public SourceRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return take();
      }
    };
  }

  @Override
  public SliceEnd end() {
    if (next != null || position < records.size()) {
      throw new IllegalStateException(
          "shard " + shard() + " has not been read to the end of its slice");
    }
    if (last == null) {
      return new SliceEnd(stream(), committed, null, duplicates, Duration.ZERO, null);
    }
    Duration behind = Duration.between(last.arrival(), clock.instant());
    return new SliceEnd(
        stream(),
        ShardMark.at(shard(), last.mark()),
        new ShardRange(shard(), first, last.mark(), taken),
        duplicates,
        behind.isNegative() ? Duration.ZERO : behind,
        null);
  }

  private void consider(SourceRecord record) {
    boolean met = last != null && last.mark().equals(record.mark());
    boolean isCommitted =
        committed.mark().map(mark -> record.mark().compareTo(mark) <= 0).orElse(false);
    if (met || isCommitted) {
      duplicates++;
    } else {
      next = record;
    }
  }

  private SourceRecord take() {
    last = next;
    next = null;
    first = first == null ? last.mark() : first;
    taken++;
    return last;
  }
}
