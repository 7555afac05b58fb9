package io.sluice.loader.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Intervals of ten seconds, the first one at five. */
class LogRangeTest {
  private static final TableName TABLE = TableName.parse("things");

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/x");
  private final LandedFolder landed = new LandedFolder(bucket, folder);
  private final BatchFolders folders = new BatchFolders(List.of(folder), name -> bucket);

  @Test
  void isHalfOpenInTime() {
    land(100);
    List<Instant> times =
        IntStream.rangeClosed(1, 100)
            .mapToObj(number -> folders.manifest(folder, number).orElseThrow().batchTime())
            .toList();

    assertThat(between(times.get(9), times.get(19))).isEqualTo(new LogRange(10, 19));
    assertThat(between(times.get(9).plusMillis(1), times.get(19).plusMillis(1)))
        .isEqualTo(new LogRange(11, 20));
    assertThat(between(null, times.get(4))).isEqualTo(new LogRange(1, 4));
    assertThat(between(times.get(95), null)).isEqualTo(new LogRange(96, Long.MAX_VALUE));
  }

  @Test
  void isEmptyWhereNothingLanded() {
    assertThat(between(Instant.EPOCH, null).isEmpty()).isTrue();

    land(3);

    assertThat(between(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)).isEmpty()).isTrue();
    assertThat(between(LandedFolder.START.plusSeconds(86_400), null))
        .isEqualTo(new LogRange(4, Long.MAX_VALUE));
  }

  @Test
  void isAllWithoutTimes() {
    assertThat(between(null, null)).isEqualTo(LogRange.ALL);
  }

  @Test
  void findsItsWayAroundGapsAndAnEarlyEndOfTheLog() {
    land(50);
    for (int gone = 1; gone <= 20; gone++) {
      bucket.delete(folder.key(BatchFolder.manifest(gone)));
    }
    for (int gone = 24; gone <= 27; gone++) {
      bucket.delete(folder.key(BatchFolder.manifest(gone)));
    }
    Instant thirtieth = folders.manifest(folder, 30).orElseThrow().batchTime();

    assertThat(between(thirtieth, null).first()).isEqualTo(30);
    assertThat(between(null, thirtieth)).isEqualTo(new LogRange(21, 29));
  }

  @Test
  void passesOverWhatNobodyCanRead() {
    land(50);
    bucket.put(folder.key(BatchFolder.manifest(25)), "cut".getBytes(StandardCharsets.UTF_8));
    Instant thirtieth = folders.manifest(folder, 30).orElseThrow().batchTime();

    assertThat(between(thirtieth, null).first()).isEqualTo(30);
  }

  @Test
  void goesToTheEndThoughAManifestIsLostAndNothingTellsOfTheLast() {
    land(9);
    Instant seventh = folders.manifest(folder, 7).orElseThrow().batchTime();
    bucket.delete(folder.key(BatchFolder.manifest(3)));
    bucket.delete(folder.key(BatchFolder.lastManifestHint()));

    assertThat(between(null, seventh)).isEqualTo(new LogRange(1, 6));
    assertThat(folders.lastListed(folder)).isEqualTo(9);
  }

  @Test
  void intersects() {
    assertThat(new LogRange(3, 9).and(new LogRange(5, Long.MAX_VALUE)))
        .isEqualTo(new LogRange(5, 9));
    assertThat(new LogRange(3, 4).and(new LogRange(5, 6)).isEmpty()).isTrue();
  }

  @Test
  void refusesNumbersThatNoManifestHas() {
    assertThatThrownBy(() -> new LogRange(0, 5))
        .hasMessage("manifests are numbered from 1, not 0..5");
  }

  private LogRange between(Instant from, Instant to) {
    return LogRange.between(folders, folder, from, to);
  }

  private void land(int intervals) {
    for (int i = 0; i < intervals; i++) {
      landed.land(TABLE, i + ",row");
    }
  }
}
