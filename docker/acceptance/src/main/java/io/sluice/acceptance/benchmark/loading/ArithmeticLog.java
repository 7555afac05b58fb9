package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.Batch;
import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.DataFile;
import io.sluice.common.manifest.FileFormat;
import io.sluice.common.manifest.Manifest;
import io.sluice.common.manifest.Rejects;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectBytes;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A batch folder of any length that lies nowhere: its listings and its manifests are worked out
 * when they are asked for. An interval has one batch of four files.
 */
final class ArithmeticLog implements ObjectStore {
  static final int FILES = 4;
  static final int ROWS_A_FILE = 2_500;
  static final int BYTES_A_FILE = 280_000;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final String MANIFESTS = "_manifests/";

  private final BatchFolder folder;
  private final TableName table;
  private final long manifests;

  ArithmeticLog(BatchFolder folder, TableName table, long manifests) {
    this.folder = folder;
    this.table = table;
    this.manifests = manifests;
  }

  @Override
  public Optional<byte[]> get(String key) {
    String name = key.substring(folder.key(MANIFESTS).length(), key.length() - ".json".length());
    return Optional.of(ContractJson.write(manifest(Long.parseLong(name))));
  }

  @Override
  public Iterator<StoredObject> list(String prefix, String after) {
    return prefix.equals(folder.key(MANIFESTS))
        ? listed(number -> Stream.of(new StoredObject(manifestKey(number), 2_000)))
        : listed(
            number ->
                files(number).stream()
                    .map(file -> new StoredObject(folder.key(file.key()), file.bytes())));
  }

  @Override
  public boolean exists(String key) {
    throw new UnsupportedOperationException(key);
  }

  @Override
  public void put(String key, ObjectBytes body) {
    throw new UnsupportedOperationException(key);
  }

  @Override
  public MultipartUpload upload(String key) {
    throw new UnsupportedOperationException(key);
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    throw new UnsupportedOperationException(key);
  }

  private Iterator<StoredObject> listed(LongFunction<Stream<StoredObject>> objects) {
    return LongStream.rangeClosed(1, manifests).boxed().flatMap(objects::apply).iterator();
  }

  private String manifestKey(long number) {
    return folder.key(BatchFolder.manifest(number));
  }

  private Manifest manifest(long number) {
    Batch batch =
        new Batch(
            table,
            EventRows.columns(),
            FileFormat.csvZstd(),
            files(number),
            time(number - 1),
            time(number));
    return new Manifest(
        number,
        Manifest.Kind.BATCH,
        LandedEvents.WRITER,
        time(number),
        INTERVAL,
        List.of(),
        List.of(batch),
        Rejects.none(),
        time(number));
  }

  private List<DataFile> files(long number) {
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
    return START.plus(INTERVAL.multipliedBy(number));
  }
}
