package io.sluice.writer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.FileFormat.Compression;
import io.sluice.common.manifest.FileFormat.Format;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.InMemoryObjectStore;
import io.sluice.common.store.ObjectStoreException;
import io.sluice.writer.encode.ColumnType;
import io.sluice.writer.encode.RowEncoder;
import io.sluice.writer.encode.TableLayout;
import io.sluice.writer.encode.TableLayout.LayoutColumn;
import io.sluice.writer.upload.UploadLimits;
import io.sluice.writer.upload.Uploads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskFilesTest {
  private static final Instant TIME = Instant.parse("2026-11-22T05:00:00Z");
  private static final BatchFolder FOLDER = BatchFolder.parse("s3://bucket/x");
  private static final UploadLimits LIMITS = new UploadLimits(2, 32L << 20, 5L << 20, 1);
  private static final TableLayout CLICKS = table("clicks", Compression.ZSTD);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Uploads uploads = new Uploads(LIMITS);
  private final Random random = new Random(1);

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"NONE", "GZIP", "ZSTD"})
  void whatGoesInComesOut(Compression compression) throws IOException {
    TableLayout table = table("t", compression);
    WrittenFiles written;
    try (TaskFiles files = files(plan(1 << 20, 16))) {
      for (int i = 0; i < 5000; i++) {
        row(files, table, i, "text " + i);
        files.keep(TIME.plusMillis(i));
      }
      written = files.finish();
    }

    WrittenTable result = written.tables().get(table.name());
    assertThat(result.files()).hasSize(1);
    DataFile file = result.files().get(0);
    assertThat(lines(file, compression))
        .hasSize(5000)
        .startsWith("0,text 0")
        .endsWith("4999,text 4999");
    assertThat(file.rows()).isEqualTo(5000);
    assertThat(file.checksum()).isEqualTo(crc32c(stored(file)));
    assertThat(file.bytes()).isEqualTo(stored(file).length);
    assertThat(result.arrivalMin()).isEqualTo(TIME);
    assertThat(result.arrivalMax()).isEqualTo(TIME.plusMillis(4999));
  }

  @Test
  void filesAreFinishedAtTheirTarget() throws IOException {
    WrittenFiles written;
    try (TaskFiles files = files(plan(64 << 10, 16))) {
      for (int i = 0; i < 20_000; i++) {
        row(files, CLICKS, i, noise(40));
        files.keep(TIME);
      }
      written = files.finish();
    }

    List<DataFile> files = written.tables().get(CLICKS.name()).files();
    assertThat(files).hasSizeGreaterThan(4);
    assertThat(files.subList(0, files.size() - 1))
        .allSatisfy(file -> assertThat(file.bytes()).isBetween(64L << 10, 256L << 10));
    long rows = 0;
    for (DataFile file : files) {
      rows += lines(file, Compression.ZSTD).size();
    }
    assertThat(rows).isEqualTo(20_000);
  }

  @Test
  void hundredsOfInterleavedTablesEndInOneFileEachWithinBoundedMemory() throws IOException {
    List<TableLayout> tables =
        java.util.stream.IntStream.range(0, 400)
            .mapToObj(i -> table("t" + i, Compression.ZSTD))
            .toList();
    Map<TableName, Integer> expected = new HashMap<>();
    int peakBefore = uploads.blocks().peak();
    WrittenFiles written;
    try (TaskFiles files = files(plan(16 << 20, 4))) {
      for (int i = 0; i < 100_000; i++) {
        TableLayout table = tables.get((int) (400 * Math.pow(random.nextDouble(), 2)));
        row(files, table, i, noise(150));
        files.keep(TIME);
        expected.merge(table.name(), 1, Integer::sum);
      }
      written = files.finish();
    }

    assertThat(written.tables()).hasSameSizeAs(expected);
    written
        .tables()
        .forEach(
            (name, table) -> {
              assertThat(table.files()).hasSize(1);
              assertThat(table.files().get(0).rows()).isEqualTo((long) expected.get(name));
            });
    DataFile spilled = written.tables().get(tables.get(300).name()).files().get(0);
    assertThat(lines(spilled, Compression.ZSTD)).hasSize((int) spilled.rows());
    assertThat(uploads.blocks().peak() - peakBefore).isLessThan(4 * 128);
    assertThat(uploads.blocks().out()).isZero();
  }

  @Test
  void rowsAreDealtEvenlyIntoAsManyFilesAsPlanned() {
    FilePlan plan = new FilePlan(16 << 20, 24L << 20, 16, Map.of(CLICKS.name(), 3), LIMITS);
    WrittenFiles written;
    try (TaskFiles files = files(plan)) {
      for (int i = 0; i < 50_000; i++) {
        row(files, CLICKS, i, noise(100));
        files.keep(TIME);
      }
      written = files.finish();
    }

    List<DataFile> files = written.tables().get(CLICKS.name()).files();
    assertThat(files).hasSize(3);
    long most = files.stream().mapToLong(DataFile::bytes).max().orElseThrow();
    long least = files.stream().mapToLong(DataFile::bytes).min().orElseThrow();
    assertThat((double) most / least).isLessThan(1.05);
  }

  @Test
  void rowsOfARecordAreKeptOrDroppedTogether() throws IOException {
    TableLayout other = table("other", Compression.NONE);
    WrittenFiles written;
    try (TaskFiles files = files(plan(1 << 20, 16))) {
      row(files, CLICKS, 1, "kept");
      row(files, other, 2, "kept too");
      row(files, CLICKS, 3, "kept as well");
      files.keep(TIME);
      row(files, CLICKS, 4, "dropped");
      files.row(other).number(5);
      files.drop();
      files.reject("{\"why\":1}".getBytes(StandardCharsets.UTF_8));
      written = files.finish();
    }

    assertThat(lines(written.tables().get(CLICKS.name()).files().get(0), Compression.ZSTD))
        .containsExactly("1,kept", "3,kept as well");
    assertThat(lines(written.tables().get(other.name()).files().get(0), Compression.NONE))
        .containsExactly("2,kept too");
    assertThat(lines(written.rejects().get(0), Compression.ZSTD)).containsExactly("{\"why\":1}");
    assertThat(written.rejects().get(0).key())
        .isEqualTo("20261122T050000.000Z/_rejects/part-00007-run-3-0.jsonl.zst");
  }

  @Test
  void aLargeFileGoesInPartsWhileItGrows() {
    TableLayout plain = table("plain", Compression.NONE);
    WrittenFiles written;
    try (TaskFiles files = files(plan(64 << 20, 16))) {
      for (int i = 0; i < 30_000; i++) {
        row(files, plain, i, noise(1000));
        files.keep(TIME);
      }
      assertThat(store.openUploads()).isEqualTo(1);
      written = files.finish();
    }

    DataFile file = written.tables().get(plain.name()).files().get(0);
    assertThat(file.bytes()).isGreaterThan(28L << 20);
    assertThat(file.checksum()).isEqualTo(crc32c(stored(file)));
    assertThat(store.openUploads()).isZero();
    assertThat(uploads.blocks().out()).isZero();
  }

  @Test
  void aFailureLeavesNoPartsAndNoMemory() {
    TableLayout plain = table("plain", Compression.NONE);
    try (TaskFiles files = files(plan(64 << 20, 16))) {
      for (int i = 0; i < 20_000; i++) {
        row(files, plain, i, noise(1000));
        files.keep(TIME);
      }
      store.refuseNextWrite();

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  row(files, plain, i, noise(1000));
                  files.keep(TIME);
                }
                files.finish();
              })
          .rootCause()
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageStartingWith("503 before x/2026");
    }

    assertThat(store.openUploads()).isZero();
    assertThat(uploads.blocks().out()).isZero();
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void aTaskThatIsGivenUpLeavesNothingBehind() {
    try (TaskFiles files = files(plan(64 << 20, 16))) {
      for (int i = 0; i < 5000; i++) {
        row(files, CLICKS, i, noise(1000));
        files.keep(TIME);
      }
    }

    assertThat(store.openUploads()).isZero();
    assertThat(uploads.blocks().out()).isZero();
  }

  @Test
  void aPassingFailureIsTriedAgain() {
    Uploads patient = new Uploads(new UploadLimits(1, 8L << 20, 5L << 20, 3));
    store.refuseNextWrite();
    store.loseNextAnswer();

    WrittenFiles written;
    try (TaskFiles files = new TaskFiles(plan(1 << 20, 16), keys(), store, patient)) {
      row(files, CLICKS, 1, "x");
      files.keep(TIME);
      written = files.finish();
    }

    assertThat(stored(written.tables().get(CLICKS.name()).files().get(0))).isNotEmpty();
  }

  @Test
  void nothingInNothingOut() {
    try (TaskFiles files = files(plan(1 << 20, 16))) {
      assertThat(files.finish()).isEqualTo(new WrittenFiles(Map.of(), List.of()));
    }
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void aRecordThatIsNeitherKeptNorDroppedIsAnError() {
    try (TaskFiles files = files(plan(1 << 20, 16))) {
      row(files, CLICKS, 1, "x");

      assertThatThrownBy(files::finish)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the rows of a record were neither kept nor dropped");
    }
  }

  @Test
  void aRowLargerThanAChunkIsTaken() throws IOException {
    String large = "x".repeat(3 << 20);
    WrittenFiles written;
    try (TaskFiles files = files(plan(16 << 20, 16))) {
      row(files, CLICKS, 1, "small");
      row(files, CLICKS, 2, large);
      files.keep(TIME);
      written = files.finish();
    }

    assertThat(lines(written.tables().get(CLICKS.name()).files().get(0), Compression.ZSTD))
        .containsExactly("1,small", "2," + large);
  }

  private TaskFiles files(FilePlan plan) {
    return new TaskFiles(plan, keys(), store, uploads);
  }

  private static FileKeys keys() {
    return new FileKeys(FOLDER, TIME, 7, "run-3");
  }

  private static FilePlan plan(long target, int maxOpen) {
    return new FilePlan(target, 12L << 20, maxOpen, Map.of(), LIMITS);
  }

  private static TableLayout table(String name, Compression compression) {
    return new TableLayout(
        TableName.parse(name),
        List.of(
            new LayoutColumn("id", ColumnType.parse("bigint")),
            new LayoutColumn("body", ColumnType.parse("varchar(max)"))),
        new FileFormat(Format.CSV, compression, ",", "\\N"),
        0);
  }

  private static void row(TaskFiles files, TableLayout table, long id, String text) {
    RowEncoder row = files.row(table);
    row.number(id);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    row.text(bytes, 0, bytes.length);
  }

  private String noise(int length) {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) ('a' + random.nextInt(26));
    }
    return new String(chars);
  }

  private byte[] stored(DataFile file) {
    return store.get(FOLDER.key(file.key())).orElseThrow();
  }

  private List<String> lines(DataFile file, Compression compression) throws IOException {
    byte[] body = stored(file);
    byte[] text =
        switch (compression) {
          case ZSTD -> new ZstdInputStream(new ByteArrayInputStream(body)).readAllBytes();
          case GZIP -> new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
          default -> body;
        };
    assertThat(file.uncompressedBytes()).isEqualTo(text.length);
    return new String(text, StandardCharsets.UTF_8).lines().collect(Collectors.toList());
  }

  private static String crc32c(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return "crc32c:%08x".formatted(crc.getValue());
  }
}
