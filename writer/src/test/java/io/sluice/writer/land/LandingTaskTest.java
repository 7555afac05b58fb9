package io.sluice.writer.land;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.aws.AwsSettings;
import io.sluice.common.config.ConfigFile;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.file.FilePlan;
import io.sluice.writer.file.WrittenTable;
import io.sluice.writer.map.IntervalContext;
import io.sluice.writer.map.Mapping;
import io.sluice.writer.map.MappingSettings;
import io.sluice.writer.map.RejectEncoder;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.source.ShardSlice;
import io.sluice.writer.source.SliceEnd;
import io.sluice.writer.source.SourceRecord;
import io.sluice.writer.upload.UploadLimits;
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

  private static final Mapping<SourceRecord> MAPPING =
      ConfigFile.parse(
          "t { tables = [ { name = clicks, columns = [ { name = id, type = bigint, required = true } ] } ] }",
          "test.conf",
          "t",
          MappingSettings::read);

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void everyRecordBecomesARowOrAReject() {
    LandedPartition landed = land(7, new Slice("{\"id\":1}", "no json", "{\"id\":3}", "{}"));

    WrittenTable table = landed.files().tables().get(CLICKS);
    assertThat(table.files()).extracting(DataFile::rows).containsExactly(2L);
    assertThat(table.arrivalMin()).isEqualTo(NOON);
    assertThat(table.arrivalMax()).isEqualTo(NOON.plusSeconds(2));
    assertThat(landed.files().rejects()).extracting(DataFile::rows).containsExactly(2L);
    assertThat(landed.rejectReasons())
        .isEqualTo(Map.of(RejectReason.NOT_JSON, 1L, RejectReason.MISSING, 1L));
    assertThat(landed.records()).isEqualTo(4);
    assertThat(landed.ends())
        .extracting(SliceEnd::reached)
        .containsExactly(ShardMark.at(SHARD, mark(3)));
    assertThat(store.objects()).hasSize(2);
  }

  @Test
  void anEmptySliceLandsNothing() {
    LandedPartition landed = land(7, new Slice());

    assertThat(landed.records()).isZero();
    assertThat(landed.files().tables()).isEmpty();
    assertThat(landed.files().rejects()).isEmpty();
    assertThat(store.objects()).isEmpty();
  }

  /** Of the first attempt at least one file is there though it fails. */
  @Test
  void aRepeatedTaskLandsFilesOfItsOwn() {
    store.loseNextAnswer();
    assertThatThrownBy(() -> land(7, new Slice("{\"id\":1}", "no json")))
        .isInstanceOf(ObjectStoreException.class);
    Map<String, byte[]> orphans = store.objects();

    LandedPartition landed = land(8, new Slice("{\"id\":1}", "no json"));

    List<String> keys = new ArrayList<>();
    landed.files().tables().get(CLICKS).files().forEach(file -> keys.add("clicks/" + file.key()));
    landed.files().rejects().forEach(file -> keys.add("clicks/" + file.key()));
    assertThat(orphans).isNotEmpty();
    assertThat(keys).hasSize(2).doesNotContainAnyElementsOf(orphans.keySet());
    assertThat(store.objects()).hasSize(orphans.size() + 2).containsAllEntriesOf(orphans);
  }

  private LandedPartition land(long attempt, ShardSlice... slices) {
    IntervalPlan<SourceRecord> plan =
        new IntervalPlan<>(
            BatchFolder.parse("s3://bucket/clicks"),
            new AwsSettings(null, Map.of(), false, null),
            MAPPING,
            new FilePlan(1 << 20, 8 << 20, 4, Map.of(), new UploadLimits(2, 8 << 20, 5 << 20, 1)),
            "run",
            new IntervalContext(NOON, 42));
    try (LandingTask<SourceRecord> task =
        new LandingTask<>(plan, store, 0, attempt, new RejectEncoder()::line)) {
      return LandSlices.land(List.of(slices).iterator(), task);
    }
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
    public String stream() {
      return "clicks";
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
                "clicks",
                SHARD,
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
      return new SliceEnd("clicks", reached, null, 0, Duration.ZERO, null);
    }
  }
}
