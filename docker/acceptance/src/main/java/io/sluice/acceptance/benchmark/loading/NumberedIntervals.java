package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An interval for every number, worked out from it: whole manifests as the writer makes them, with
 * one batch of four files that are nowhere.
 */
record NumberedIntervals(TableName table) {
  static final int FILES = 4;
  static final int ROWS_A_FILE = 2_500;
  static final int BYTES_A_FILE = 280_000;

  /** So that a million of them lie in the past: what is young would only wait. */
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  Manifest manifest(long number) {
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

  Batch batch(long number) {
    return new Batch(
        table,
        EventRows.columns(),
        FileFormat.csvZstd(),
        files(number),
        time(number - 1),
        time(number));
  }

  List<DataFile> files(long number) {
    return IntStream.range(0, FILES)
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
  }

  private static Instant time(long number) {
    return START.plus(LandedEvents.INTERVAL.multipliedBy(number));
  }
}
