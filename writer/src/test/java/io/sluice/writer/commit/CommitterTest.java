package io.sluice.writer.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FencedException;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestLog;
import io.sluice.common.manifest.Mark;
import io.sluice.common.manifest.ShardMark;
import io.sluice.common.manifest.ShardRange;
import io.sluice.common.manifest.TableName;
import io.sluice.common.manifest.WriterRun;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.file.WrittenFiles;
import io.sluice.writer.file.WrittenTable;
import io.sluice.writer.land.LandedPartition;
import io.sluice.writer.map.reject.RejectReason;
import io.sluice.writer.source.SliceEnd;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommitterTest {
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/clicks");
  private static final TableName TABLE = TableName.parse("clicks");
  private static final String SHARD = "shardId-000000000000";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManifestLog manifests = new ManifestLog(store, FOLDER, Duration.ofSeconds(1));
  private final ScriptedSource source = new ScriptedSource();
  private final List<Manifest> announced = new ArrayList<>();

  @Test
  void theFirstTakeoverIsNumberOneAndHasNothing() {
    Manifest takeover = takeover("a").take();

    assertThat(takeover.number()).isEqualTo(1);
    assertThat(takeover.kind()).isEqualTo(Manifest.Kind.TAKEOVER);
    assertThat(manifests.read(1)).hasValue(takeover);
    assertThat(announced).isEmpty();
  }

  @Test
  void aCommitMakesFilesAndMarksRealAndAnnouncesThem() {
    Committer committer = committer("a");

    Optional<Manifest> manifest =
        committer.commit(NOON, List.of(slice(1, 100), slice("shardId-000000000001")));

    assertThat(manifests.read(2)).isEqualTo(manifest);
    assertThat(announced).containsExactly(manifest.orElseThrow());
    assertThat(manifest.orElseThrow().batch(TABLE).orElseThrow().rows()).isEqualTo(99);
    assertThat(manifest.orElseThrow().rejects().records()).isEqualTo(1);
    assertThat(manifest.orElseThrow().rejects().reasons())
        .containsExactly(Map.entry("too-long", 1L));
    assertThat(manifest.orElseThrow().sources().get(0).records()).isEqualTo(100);
    assertThat(source.progress().marks()).contains(ShardMark.at(SHARD, mark(100)));
  }

  @Test
  void anIntervalWithoutMovementMakesNoManifest() {
    Committer committer = committer("a");

    assertThat(committer.commit(NOON, List.of(slice(SHARD)))).isEmpty();

    assertThat(manifests.lastNumber()).isEqualTo(1);
  }

  @Test
  void theEndOfAShardIsAMovement() {
    Committer committer = committer("a");
    SliceEnd end = end(ShardMark.unread(SHARD).asEnded(), null);

    Optional<Manifest> manifest = committer.commit(NOON, List.of(nothing(end)));

    assertThat(manifest.orElseThrow().sources().get(0).marks())
        .containsExactly(ShardMark.unread(SHARD).asEnded());
    assertThat(manifest.orElseThrow().batches()).isEmpty();
  }

  @Test
  void theNextRunGoesOnFromTheMarksAndAnnouncesTheLastBatchesAgain() {
    Manifest committed = committer("a").commit(NOON, List.of(slice(1, 100))).orElseThrow();
    announced.clear();

    Manifest takeover = takeover("b").take();

    assertThat(takeover.number()).isEqualTo(3);
    assertThat(takeover.sources().get(0).marks()).containsExactly(ShardMark.at(SHARD, mark(100)));
    assertThat(takeover.sources().get(0).ranges()).isEmpty();
    assertThat(announced).contains(committed);
  }

  @Test
  void aDriverThatWasTakenOverIsFencedAndMovesNothing() {
    Committer zombie = committer("zombie");
    takeover("b").take();

    assertThatThrownBy(() -> zombie.commit(NOON, List.of(slice(1, 100))))
        .isInstanceOf(FencedException.class);

    assertThat(source.progress().marks()).isEmpty();
    assertThat(announced).noneMatch(manifest -> !manifest.batches().isEmpty());
    assertThat(manifests.lastNumber()).isEqualTo(2);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundInTheLog() {
    Committer committer = committer("a");
    store.loseNextAnswer();

    committer.commit(NOON, List.of(slice(1, 100)));
    committer.commit(NOON.plusSeconds(1), List.of(slice(101, 200)));

    assertThat(manifests.lastNumber()).isEqualTo(3);
    assertThat(source.progress().marks()).containsExactly(ShardMark.at(SHARD, mark(200)));
  }

  @Test
  void aCommitThatS3RefusesMovesNothing() {
    Committer committer = committer("a");
    store.forbidNextWrite();

    assertThatThrownBy(() -> committer.commit(NOON, List.of(slice(1, 100))))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("403");

    assertThat(source.progress().marks()).isEmpty();
    assertThat(announced).isEmpty();
  }

  private Committer committer(String attempt) {
    Manifest manifest = takeover(attempt).take();
    TableLayout layout =
        new TableLayout(
            TABLE,
            List.of(new LayoutColumn("id", ColumnType.parse("bigint"))),
            FileFormat.csvZstd(),
            0);
    return new Committer(
        manifests, source, announced::add, List.of(layout), manifest, Clock.systemUTC());
  }

  private Takeover takeover(String attempt) {
    return new Takeover(
        manifests,
        source,
        announced::add,
        new WriterRun("clicks", "host/1", attempt),
        Duration.ofSeconds(1),
        Clock.systemUTC());
  }

  private static LandedPartition slice(long from, long to) {
    DataFile rows =
        new DataFile("i/public.clicks/part-" + from, to - from, 10, 20, "crc32c:00000000");
    DataFile rejects = new DataFile("i/_rejects/part-" + from, 1, 10, 20, "crc32c:00000000");
    ShardRange range = new ShardRange(SHARD, mark(from), mark(to), to - from + 1);
    return new LandedPartition(
        List.of(end(ShardMark.at(SHARD, mark(to)), range)),
        range.records(),
        new WrittenFiles(
            Map.of(
                TABLE, new WrittenTable(List.of(rows), NOON.minusSeconds(2), NOON.minusSeconds(1))),
            List.of(rejects)),
        Map.of(RejectReason.TOO_LONG, 1L),
        Duration.ZERO,
        Duration.ZERO);
  }

  private static LandedPartition slice(String emptyShard) {
    return nothing(end(ShardMark.unread(emptyShard), null));
  }

  private static LandedPartition nothing(SliceEnd end) {
    return new LandedPartition(
        List.of(end),
        0,
        new WrittenFiles(Map.of(), List.of()),
        Map.of(),
        Duration.ZERO,
        Duration.ZERO);
  }

  private static SliceEnd end(ShardMark reached, ShardRange taken) {
    return new SliceEnd("clicks", reached, taken, 0, Duration.ZERO, null);
  }

  private static Mark mark(long sequenceNumber) {
    return new Mark(BigInteger.valueOf(sequenceNumber), 0);
  }
}
