package io.sluice.acceptance.benchmark.loading;

import io.sluice.common.manifest.BatchFolder;
import io.sluice.common.manifest.ContractJson;
import io.sluice.common.manifest.TableName;
import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectBytes;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.StoredObject;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A batch folder of any length that lies nowhere: its listings and its manifests are worked out
 * when they are asked for. An interval has one batch of four files.
 */
final class ArithmeticLog implements ObjectStore {
  private static final String MANIFESTS = "_manifests/";

  private final BatchFolder folder;
  private final NumberedIntervals intervals;
  private final long manifests;

  ArithmeticLog(BatchFolder folder, TableName table, long manifests) {
    this.folder = folder;
    this.intervals = new NumberedIntervals(table);
    this.manifests = manifests;
  }

  @Override
  public Optional<byte[]> get(String key) {
    String name = key.substring(folder.key(MANIFESTS).length(), key.length() - ".json".length());
    return Optional.of(ContractJson.write(intervals.manifest(Long.parseLong(name))));
  }

  @Override
  public Iterator<StoredObject> list(String prefix, String after) {
    return prefix.equals(folder.key(MANIFESTS))
        ? listed(number -> Stream.of(new StoredObject(manifestKey(number), 2_000)))
        : listed(
            number ->
                intervals.files(number).stream()
                    .map(file -> new StoredObject(folder.key(file.key()), file.bytes())));
  }

  @Override
  public boolean exists(String key) {
    throw new UnsupportedOperationException(key);
  }

  @Override
  public void delete(String key) {
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
}
