package io.sluice.acceptance.benchmark.loading;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Batches by the million that nobody will load: whole manifests, as the writer makes them, without
 * the data files that they name. They are written into the folder that the stand-in for S3 keeps
 * its objects in, which is what a PUT comes to in the end; only the hint at the last one is put.
 */
final class WaitingBatches {
  private static final int MESSAGES_AT_ONCE = 10_000;

  /** Five times as many as a loader takes in; sending takes far longer than all else. */
  private static final int MOST_ANNOUNCED = 200_000;

  private final Stand stand;
  private final BatchFolder folder;
  private final NumberedIntervals intervals;
  private final Path objects;
  private int landed;

  /**
   * @param data the folder of the stand-in's objects, bucket by bucket
   */
  WaitingBatches(Stand stand, BatchFolder folder, TableName table, Path data) {
    this.stand = stand;
    this.folder = folder;
    this.intervals = new NumberedIntervals(table);
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
    return ManifestMessage.of(folder, intervals.manifest(number), intervals.batch(number));
  }

  private void land(int number) {
    try {
      Files.write(path(number), ContractJson.write(intervals.manifest(number)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(long number) {
    return objects.resolve(folder.key(BatchFolder.manifest(number)));
  }
}
