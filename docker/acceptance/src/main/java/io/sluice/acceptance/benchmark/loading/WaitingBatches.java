package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Batches by the million that nobody will load: whole manifests, as the writer makes them, without
 * the data files that they name. They are written into the folder that the stand-in for S3 keeps
 * its objects in, which is what a PUT comes to in the end; only the hint at the last one is put.
 */
final class WaitingBatches {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final int FILES = 4;
  private static final int ROWS_A_FILE = 2_500;
  private static final int BYTES_A_FILE = 280_000;
  private static final int MESSAGES_AT_ONCE = 10_000;

  /** Five times as many as a loader takes in; sending takes far longer than all else. */
  private static final int MOST_ANNOUNCED = 200_000;

  private final Stand stand;
  private final BatchFolder folder;
  private final TableName table;
  private final Path objects;
  private int landed;

  /**
   * @param data the folder of the stand-in's objects, bucket by bucket
   */
  WaitingBatches(Stand stand, BatchFolder folder, TableName table, Path data) {
    this.stand = stand;
    this.folder = folder;
    this.table = table;
    this.objects = data.resolve(folder.bucket());
  }

  BatchFolder folder() {
    return folder;
  }

  /** Lands until there are so many. */
  void growTo(int batches) {
    try {
      Files.createDirectories(path(1).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    IntStream.rangeClosed(landed + 1, batches).parallel().forEach(this::land);
    landed = batches;
    stand
        .store()
        .put(folder.key(BatchFolder.lastManifestHint()), Integer.toString(batches).getBytes(UTF_8));
  }

  /** Announces them, at most {@link #MOST_ANNOUNCED}, which no loader gets through. */
  void announce(String queue) {
    int announced = Math.min(landed, MOST_ANNOUNCED);
    int parts = (announced + MESSAGES_AT_ONCE - 1) / MESSAGES_AT_ONCE;
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part ->
                stand.send(
                    queue,
                    LongStream.rangeClosed(
                            (long) part * MESSAGES_AT_ONCE + 1,
                            Math.min(announced, (part + 1L) * MESSAGES_AT_ONCE))
                        .mapToObj(this::message)
                        .toList()));
  }

  private ManifestMessage message(long number) {
    return ManifestMessage.of(folder, manifest(number), batch(number));
  }

  private void land(int number) {
    try {
      Files.write(path(number), ContractJson.write(manifest(number)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(long number) {
    return objects.resolve(folder.key(BatchFolder.manifest(number)));
  }

  private Manifest manifest(long number) {
    return new Manifest(
        number,
        Manifest.Kind.BATCH,
        LandedEvents.WRITER,
        time(number),
        LandedEvents.INTERVAL,
        List.of(),
        List.of(batch(number)),
        Rejects.none(),
        time(number));
  }

  private Batch batch(long number) {
    List<DataFile> files =
        IntStream.range(0, FILES)
            .mapToObj(
                part ->
                    new DataFile(
                        BatchFolder.dataFile(
                            time(number), table, part, LandedEvents.WRITER.attempt(), "csv.zst"),
                        ROWS_A_FILE,
                        BYTES_A_FILE,
                        3L * BYTES_A_FILE,
                        "crc32c:00000000"))
            .toList();
    return new Batch(
        table, EventRows.columns(), FileFormat.csvZstd(), files, time(number - 1), time(number));
  }

  private static Instant time(long number) {
    return START.plus(LandedEvents.INTERVAL.multipliedBy(number));
  }
}
