package io.sluice.writer.land;

import io.sluice.common.store.MultipartUpload;
import io.sluice.common.store.ObjectBytes;
import io.sluice.common.store.ObjectStore;
import io.sluice.common.store.StoredObject;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** An object store that adds up how long its writes took, whatever threads made them. */
final class TimedStore implements ObjectStore {
  private final ObjectStore store;
  private final LongAdder nanos = new LongAdder();

  TimedStore(ObjectStore store) {
    this.store = store;
  }

  /** The time of all writes together; those at the same time count each. */
  Duration writing() {
    return Duration.ofNanos(nanos.sum());
  }

  @Override
  public void put(String key, ObjectBytes body) {
    timed(
        () -> {
          store.put(key, body);
          return null;
        });
  }

  @Override
  public MultipartUpload upload(String key) {
    return new TimedUpload(timed(() -> store.upload(key)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] body) {
    return timed(() -> store.putIfAbsent(key, body));
  }

  @Override
  public Optional<byte[]> get(String key) {
    return store.get(key);
  }

  @Override
  public boolean exists(String key) {
    return store.exists(key);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }

  @Override
  public Iterator<StoredObject> list(String prefix, String after) {
    return store.list(prefix, after);
  }

  private <T> T timed(Supplier<T> write) {
    long start = System.nanoTime();
    try {
      return write.get();
    } finally {
      nanos.add(System.nanoTime() - start);
    }
  }

  /** An upload whose parts count. */
  private final class TimedUpload implements MultipartUpload {
    private final MultipartUpload upload;

    private TimedUpload(MultipartUpload upload) {
      this.upload = upload;
    }

    @Override
    public void part(int number, ObjectBytes body) {
      timed(
          () -> {
            upload.part(number, body);
            return null;
          });
    }

    @Override
    public void complete() {
      timed(
          () -> {
            upload.complete();
            return null;
          });
    }

    @Override
    public void abort() {
      upload.abort();
    }
  }
}
