package io.sluice.writer.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.encode.ColumnMapping;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RejectReason;
import io.sluice.writer.encode.TableMapping;
import io.sluice.writer.encode.TimeForm;
import io.sluice.writer.land.LandedSlice.LandedTable;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LandingTaskTest {
  private static final String SHARD = "shardId-000000000000";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final TableName CLICKS = TableName.parse("clicks");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void everyRecordBecomesARowOrAReject() {
    LandedSlice landed = task(7).land(new Slice("{\"id\":1}", "no json", "{\"id\":3}", "{}"));

    LandedTable table = landed.tables().get(CLICKS);
    assertThat(table.files()).extracting(DataFile::rows).containsExactly(2L);
    assertThat(table.arrivalMin()).isEqualTo(NOON);
    assertThat(table.arrivalMax()).isEqualTo(NOON.plusSeconds(2));
    assertThat(landed.rejectFiles()).extracting(DataFile::rows).containsExactly(2L);
    assertThat(landed.rejectReasons())
        .isEqualTo(Map.of(RejectReason.NOT_JSON, 1L, RejectReason.MISSING, 1L));
    assertThat(landed.taken()).hasValue(new ShardRange(SHARD, mark(0), mark(3), 4));
    assertThat(landed.end().reached()).isEqualTo(ShardMark.at(SHARD, mark(3)));
    assertThat(store.objects()).hasSize(2);
  }

  @Test
  void anEmptySliceLandsNothing() {
    LandedSlice landed = task(7).land(new Slice());

    assertThat(landed.taken()).isEmpty();
    assertThat(landed.tables()).isEmpty();
    assertThat(landed.rejectFiles()).isEmpty();
    assertThat(store.objects()).isEmpty();
  }

  /** The first attempt has uploaded its rows when its rejects fail. */
  @Test
  void aRepeatedTaskLandsFilesOfItsOwn() {
    store.loseNextAnswer();
    assertThatThrownBy(() -> task(7).land(new Slice("{\"id\":1}", "no json")))
        .isInstanceOf(ObjectStoreException.class);
    Map<String, byte[]> orphans = store.objects();

    LandedSlice landed = task(8).land(new Slice("{\"id\":1}", "no json"));

    List<String> keys = new ArrayList<>();
    landed.tables().get(CLICKS).files().forEach(file -> keys.add("clicks/" + file.key()));
    landed.rejectFiles().forEach(file -> keys.add("clicks/" + file.key()));
    assertThat(orphans).hasSize(1);
    assertThat(keys).hasSize(2).doesNotContainAnyElementsOf(orphans.keySet());
    assertThat(store.objects()).hasSize(3).containsAllEntriesOf(orphans);
  }

  private LandingTask task(long attempt) {
    LandingPlan plan =
        new LandingPlan(
            BatchFolder.parse("s3://bucket/clicks"),
            new AwsSettings(null, Map.of(), false, null),
            new TableMapping(
                CLICKS,
                List.of(
                    new ColumnMapping(
                        "id", ColumnType.parse("bigint"), "/id", true, TimeForm.ISO))),
            FileFormat.csvZstd(),
            "run",
            1 << 20);
    return new LandingTask(plan, store, NOON, 0, attempt);
  }

  private static Mark mark(long number) {
    return new Mark(BigInteger.valueOf(number), 0);
  }

  /** A slice of these records, one a second. */
  private record Slice(List<String> texts) implements ShardSlice {
    Slice(String... texts) {
      this(List.of(texts));
    }

    @Override
    public String shard() {
      return SHARD;
    }

    @Override
    public Iterator<SourceRecord> records() {
      List<SourceRecord> records = new ArrayList<>();
      for (String text : texts) {
        records.add(
            new SourceRecord(
                mark(records.size()),
                "key",
                NOON.plusSeconds(records.size()),
                ByteBuffer.wrap(text.getBytes(UTF_8))));
      }
      return records.iterator();
    }

    @Override
    public SliceEnd end() {
      ShardMark reached =
          texts.isEmpty() ? ShardMark.unread(SHARD) : ShardMark.at(SHARD, mark(texts.size() - 1));
      return new SliceEnd(reached, null, NOON, Duration.ZERO);
    }
  }
}
