package io.sluice.loader.operate.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.loader.operate.adoption.Adoption.Source;
import io.sluice.loader.store.BatchFolders;
import io.sluice.loader.store.LandedFolder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdoptionTest {
  private static final TableName TABLE = TableName.parse("things");
  private static final long START = 1_763_787_600_000L;

  private final InMemoryObjectStore bucket = new InMemoryObjectStore();
  private final BatchFolder folder = BatchFolder.parse("s3://bucket/old");
  private final List<String> told = new ArrayList<>();

  @Test
  void writesAManifestForEachCompleteInterval() {
    land(0, "part-00000.zst", Zstd.compress(bytes("1,one\n2,two\n")));
    land(0, "part-00001.zst", Zstd.compress(bytes("3,three\n")));
    land(0, "part-00002.zst", new byte[0]);
    complete(0);
    land(1, "part-00000.zst", Zstd.compress(bytes("")));
    complete(1);
    land(2, "part-00000", bytes("4,four\n"));
    land(3, "part-00000", bytes("5,five"));
    complete(3);
    bucket.put("old/readme.txt", bytes("no interval"));

    AdoptionResult result = adopt();

    assertThat(result).isEqualTo(new AdoptionResult(3, 0, 1, 0, 3, 4, result.bytes()));
    assertThat(told).containsExactly("events-1763787602000 is left out: it has no _SUCCESS");
    Batch first = manifest(1).batch(TABLE).orElseThrow();
    assertThat(first.format()).isEqualTo(FileFormat.csvZstd());
    assertThat(first.columns()).isEqualTo(LandedFolder.COLUMNS);
    assertThat(first.arrivalMin()).isEqualTo(Instant.ofEpochMilli(START));
    assertThat(first.files())
        .extracting(DataFile::key, DataFile::rows, DataFile::uncompressedBytes)
        .containsExactly(
            tuple("events-1763787600000/part-00000.zst", 2L, 12L),
            tuple("events-1763787600000/part-00001.zst", 1L, 8L));
    assertThat(manifest(2).batches()).isEmpty();
    DataFile plain = manifest(3).batch(TABLE).orElseThrow().files().get(0);
    assertThat(plain)
        .isEqualTo(new DataFile("events-1763787603000/part-00000", 1, 6, 6, plain.checksum()));
    assertThat(plain.checksum()).matches("crc32c:[0-9a-f]{8}");
    assertThat(manifest(3).batch(TABLE).orElseThrow().format().compression())
        .isEqualTo(Compression.NONE);
  }

  @Test
  void goesOnWhereItEndedAndAdoptsNothingTwice() {
    for (int i = 0; i < 3; i++) {
      land(i, "part-00000", bytes(i + ",x\n"));
      complete(i);
    }
    assertThat(adopt().adopted()).isEqualTo(3);
    land(3, "part-00000", bytes("3,x\n"));
    complete(3);

    AdoptionResult again = adopt();

    assertThat(again.adopted()).isEqualTo(1);
    assertThat(again.known()).isEqualTo(3);
    assertThat(manifest(4).kind()).isEqualTo(Manifest.Kind.TAKEOVER);
    assertThat(manifest(5).batchTime()).isEqualTo(Instant.ofEpochMilli(START + 3000));
    assertThat(adopt().known()).isEqualTo(4);
  }

  @Test
  void leavesOutWhatCameLate() {
    land(0, "part-00000", bytes("0,x\n"));
    land(1, "part-00000", bytes("1,x\n"));
    complete(1);
    adopt();
    complete(0);

    AdoptionResult again = adopt();

    assertThat(again).isEqualTo(new AdoptionResult(0, 1, 0, 1, 0, 0, 0));
    assertThat(told.get(told.size() - 1))
        .contains("events-1763787600000 is left out: later ones are adopted already");
  }

  @Test
  void changesNothingWhenItOnlyLooks() {
    land(0, "part-00000", bytes("0,x\n"));
    complete(0);

    assertThat(adoption().preview(told::add)).isEqualTo(new AdoptionResult(1, 0, 0, 0, 1, 0, 4));
    assertThat(bucket.objects()).hasSize(2);
  }

  @Test
  void refusesWhatItCannotTakeBeforeItWritesAnything() {
    assertThatThrownBy(this::adopt).hasMessageContaining("has no folders such as prefix-");

    land(0, "part-00000", bytes("0,x\n"));
    complete(0);
    bucket.put("old/orders-1763787600000/part-00000", bytes("1,x\n"));
    assertThatThrownBy(this::adopt)
        .hasMessageContaining("has intervals of 'events' and of 'orders'");

    bucket.delete("old/orders-1763787600000/part-00000");
    land(1, "part-00000.bz2", bytes("?"));
    assertThatThrownBy(this::adopt).hasMessageContaining("only plain text, .gz and .zst");

    bucket.delete("old/events-1763787601000/part-00000.bz2");
    land(0, "part-00001.gz", bytes("no gzip"));
    assertThatThrownBy(this::adopt).hasMessageContaining("is damaged, repair or remove it");
    assertThat(bucket.objects().keySet()).noneMatch(key -> key.contains("_manifests"));
  }

  @Test
  void refusesFilesOfOneIntervalThatArePackedDifferently() {
    land(0, "part-00000", bytes("0,x\n"));
    land(0, "part-00001.zst", Zstd.compress(bytes("1,x\n")));
    complete(0);

    assertThatThrownBy(this::adopt).hasMessageContaining("one COPY takes one: pack them alike");
  }

  @Test
  void refusesTheFolderOfAWriter() {
    new LandedFolder(bucket, folder).land(TABLE, "1,one");
    land(0, "part-00000", bytes("0,x\n"));

    assertThatThrownBy(this::adopt)
        .hasMessage(
            "s3://bucket/old is the folder of the writer test (manifest 1): its files are in its own log already");
  }

  private AdoptionResult adopt() {
    return adoption().adopt(told::add);
  }

  private Adoption adoption() {
    return new Adoption(
        bucket,
        folders(),
        folder,
        new Source(TABLE, LandedFolder.COLUMNS, FileFormat.csvZstd()),
        "test:1",
        Clock.systemUTC(),
        new Random(1));
  }

  private BatchFolders folders() {
    return new BatchFolders(List.of(folder), name -> bucket);
  }

  private Manifest manifest(long number) {
    return folders().manifest(folder, number).orElseThrow();
  }

  private void land(int interval, String file, byte[] body) {
    bucket.put("old/events-%d/%s".formatted(START + interval * 1000L, file), body);
  }

  private void complete(int interval) {
    land(interval, "_SUCCESS", new byte[0]);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
